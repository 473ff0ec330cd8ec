"""The instance classes that AWS is known to offer for Aurora, as a table with a date.

Source: the price lists in cfn-lint's RDS schema data, the union over all Regions. Left out are the few that the price
lists have and the Amazon Aurora User Guide calls unusable: db.t4g and db.t3 xlarge and 2xlarge, and the small ones but
for Aurora MySQL 2. A class that the table does not know may be newer, so nobody is refused for it.
"""

import re
from typing import Final

from auroraform.schemas.engines import EngineName
from auroraform.schemas.versions import release

AS_OF: Final = "2026-08-19"

_TO_16: Final = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge"
_TO_48: Final = f"{_TO_16} 24xlarge 48xlarge"

_BOTH: Final = {
    "r8g": _TO_48,
    "r7i": _TO_48,
    "r7g": _TO_16,
    "r6i": f"{_TO_16} 24xlarge 32xlarge",
    "r6id": "24xlarge 32xlarge",
    "r6g": _TO_16,
    "r5": f"{_TO_16} 24xlarge",
    "x2g": _TO_16,
    "t4g": "medium large",
    "t3": "medium large",
}

SIZES: Final[dict[EngineName, dict[str, str]]] = {
    "aurora-mysql": _BOTH,
    "aurora-postgresql": _BOTH
    | {
        "r8gd": "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
        "r6gd": "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
        "r4": "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge",
    },
}

# Amazon Aurora User Guide, "Supported DB engines for DB instance classes": not with Aurora MySQL 3.01.0 and newer.
ONLY_MYSQL_2: Final = {
    "r4": "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge",
    "r3": "large xlarge 2xlarge 4xlarge 8xlarge",
    "t4g": "small",
    "t3": "small",
    "t2": "small medium",
}
_MYSQL_2: Final = 2

# Amazon Aurora User Guide, "DB instance class types": previous-generation families.
PREVIOUS_GENERATIONS: Final = frozenset({"r3", "r4", "t2"})


_VCPUS: Final = {"small": 2, "medium": 2, "large": 2, "xlarge": 4}


def vcpus(instance_class: str) -> int | None:
    """How many vCPUs a class has; None where its name does not tell, as for db.serverless.

    Amazon Aurora User Guide, "Hardware specifications for DB instance classes": sizes of Aurora's families double.
    """
    size = instance_class.rpartition(".")[2]
    if (found := re.fullmatch(r"(\d+)xlarge", size)) is not None:
        return int(found[1]) * 4
    return _VCPUS.get(size)


def is_known(engine: EngineName, version: str, instance_class: str) -> bool:
    """Whether AWS offered the class for a full version of the engine when the table was made."""
    _, _, rest = instance_class.partition(".")
    family, _, size = rest.partition(".")
    if rest == "serverless" or size in SIZES[engine].get(family, "").split():
        return True
    is_mysql_2 = engine == "aurora-mysql" and release(version)[0] == _MYSQL_2
    return is_mysql_2 and size in ONLY_MYSQL_2.get(family, "").split()


# The same page: memory doubles with the size, and 12xlarge, 24xlarge and 48xlarge are three times a power of two.
_GIB_OF_LARGE: Final = {
    **dict.fromkeys(("r8g", "r8gd", "r7i", "r7g", "r6i", "r6id", "r6g", "r6gd", "r5"), 16.0),
    **dict.fromkeys(("r4", "r3"), 15.25),
    "x2g": 32.0,
    **dict.fromkeys(("t4g", "t3", "t2"), 8.0),
}
"""Memory of the size `large`, which some families do not come in, by family."""
_LARGES: Final = {"small": 0.25, "medium": 0.5, "large": 1, "xlarge": 2}


def memory(instance_class: str) -> float | None:
    """How many GiB of memory an instance of a class has; None where that is not known, or not fixed."""
    _, _, rest = instance_class.partition(".")
    family, _, size = rest.partition(".")
    times = size.removesuffix("xlarge")
    larges = 2 * int(times) if times.isdecimal() else _LARGES.get(size)
    large = _GIB_OF_LARGE.get(family)
    return None if larges is None or large is None else large * larges
