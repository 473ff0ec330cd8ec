"""From which engine version on a feature is there, as tables.

An engine has several major versions at a time, and each gets a feature in a minor version of its own. Floors of Aurora
MySQL are in its own numbering (3.08.0 of 8.0.mysql_aurora.3.08.0).
"""

from dataclasses import dataclass
from typing import Final

from auroraform.schemas.engines import EngineName
from auroraform.schemas.versions import release


@dataclass(frozen=True, slots=True)
class Feature:
    """The first versions with a feature, one for each major version that got it later than at its start."""

    since: dict[EngineName, tuple[str, ...]]

    def is_in(self, engine: EngineName, version: str) -> bool:
        """Whether a full version of the engine has the feature."""
        own = release(version)
        floors = {floor[0]: floor for floor in map(release, self.since[engine])}
        return own >= floors[own[0]] if own[0] in floors else own[0] > max(floors)

    def versions(self, engine: EngineName) -> str:
        """The versions that have it, in words."""
        return f"{', '.join(self.since[engine])} or newer"


# Amazon Aurora User Guide, "Requirements and limitations for Aurora Serverless v2", as of 2025.
SERVERLESS_V2: Final = Feature(
    {"aurora-mysql": ("3.02.0",), "aurora-postgresql": ("13.6", "14.3", "15.2", "16.1")},
)
ABOVE_128_ACUS: Final = Feature(
    {"aurora-mysql": ("3.06.0",), "aurora-postgresql": ("13.13", "14.10", "15.5", "16.1")},
)
# The same page, and the AWS Database Blog, "Introducing scaling to 0 capacity with Amazon Aurora Serverless v2".
PAUSING: Final = Feature(
    {"aurora-mysql": ("3.08.0",), "aurora-postgresql": ("13.15", "14.12", "15.7", "16.3")},
)
# Amazon Aurora User Guide, "Amazon Aurora size limits", as of 2025.
LARGE_VOLUMES: Final = Feature(
    {"aurora-mysql": ("3.10.0",), "aurora-postgresql": ("15.13", "16.9", "17.5")},
)

# The next two are known from use and from memory, not from a page of AWS: good for a warning only.
IO_OPTIMIZED: Final = Feature(
    {"aurora-mysql": ("3.03.1",), "aurora-postgresql": ("13.10", "14.7", "15.2", "16.1")},
)
DATA_API: Final = Feature(
    {"aurora-mysql": ("3.07.0",), "aurora-postgresql": ("13.11", "14.8", "15.3", "16.1")},
)
# Amazon Aurora User Guide, "Using Amazon Aurora machine learning with Aurora MySQL"; for Aurora PostgreSQL from memory.
BEDROCK: Final = Feature(
    {"aurora-mysql": ("3.06.0",), "aurora-postgresql": ("14.10", "15.5", "16.1")},
)
