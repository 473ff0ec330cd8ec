"""How much local storage an instance has, for temporary files and tables, and for logs: a table.

Sources: Amazon Aurora User Guide, "Temporary storage limits for Aurora MySQL" and "… for Aurora PostgreSQL", as of
2025. They have no rows for classes with NVMe storage (r6gd, r6id, r8gd), whose temporary objects lie there, nor for r3.
"""

from typing import Final

from auroraform.schemas.engines import EngineName

_LARGE: Final = "large:32 xlarge:80 2xlarge:160 4xlarge:320 8xlarge:640 12xlarge:960 16xlarge:1280"
_X2G: Final = _LARGE.replace("large:32", "large:40", 1)

_TABLES: Final[dict[EngineName, dict[str, str]]] = {
    "aurora-mysql": {
        "x2g": _X2G,
        "r8g": f"{_LARGE} 24xlarge:1920 48xlarge:3840",
        "r7i": f"{_LARGE} 24xlarge:1920 48xlarge:3840",
        "r7g": _LARGE,
        "r6i": f"{_LARGE} 24xlarge:1920 32xlarge:2560",
        "r6g": _LARGE,
        "r5": f"{_LARGE} 24xlarge:1920",
        "r4": _LARGE,
        "t4g": "medium:32 large:32",
        "t3": "small:32 medium:32 large:32",
        "t2": "small:32 medium:32",
    },
    "aurora-postgresql": {
        "x2g": "large:67 xlarge:134 2xlarge:268 4xlarge:535 8xlarge:1071 12xlarge:1606 16xlarge:1829",
        "r8g": "large:31 xlarge:63 2xlarge:125 4xlarge:250 8xlarge:499 12xlarge:749 16xlarge:998 24xlarge:1536"
        " 48xlarge:3072",
        "r7i": "large:31 xlarge:62 2xlarge:124 4xlarge:249 8xlarge:504 12xlarge:748 16xlarge:1008 24xlarge:1500"
        " 48xlarge:3072",
        "r7g": "large:32 xlarge:63 2xlarge:126 4xlarge:252 8xlarge:504 12xlarge:756 16xlarge:1008",
        "r6i": "large:31 xlarge:62 2xlarge:124 4xlarge:249 8xlarge:504 12xlarge:748 16xlarge:1008 24xlarge:1500"
        " 32xlarge:1829",
        "r6g": "large:32 xlarge:63 2xlarge:126 4xlarge:252 8xlarge:504 12xlarge:756 16xlarge:1008",
        "r5": "large:31 xlarge:62 2xlarge:124 4xlarge:249 8xlarge:504 12xlarge:748 16xlarge:1008 24xlarge:1500",
        "r4": "large:30 xlarge:60 2xlarge:120 4xlarge:240 8xlarge:480 16xlarge:960",
        "t4g": "medium:8.13 large:16.5",
        "t3": "medium:7.5 large:16",
    },
}


def local_storage(engine: EngineName, instance_class: str) -> float | None:
    """The GiB of local storage of a class; None where AWS does not say."""
    _, _, rest = instance_class.partition(".")
    family, _, size = rest.partition(".")
    sizes = dict(pair.split(":") for pair in _TABLES[engine].get(family, "").split())
    return float(sizes[size]) if size in sizes else None
