"""The categories of RDS events that clusters and instances of Aurora can have.

Sources: Amazon Aurora User Guide, "Amazon RDS event categories and event messages for Aurora", for what is in each;
what the RDS API answers to DescribeEventCategories, for the spelling (`global-failover`, where the guide has a space).
"""

from typing import Final, Literal

AS_OF: Final = "2026-08-19"

Source = Literal["db-cluster", "db-instance"]
"""What an event is about. Snapshots are left out: a subscription cannot name the cluster that they are of."""

CATEGORIES: Final[dict[Source, frozenset[str]]] = {
    "db-cluster": frozenset({
        "configuration change", "creation", "deletion", "failover", "failure", "global-failover", "maintenance",
        "migration", "notification", "serverless",
    }),
    "db-instance": frozenset({
        "availability", "backtrack", "backup", "configuration change", "creation", "deletion", "failover", "failure",
        "low storage", "maintenance", "notification", "read replica", "recovery", "restoration", "security",
        "security patching",
    }),
}  # fmt: skip

SUBSCRIPTIONS_OF_ACCOUNT: Final = 20
"""Event subscriptions that an account may have in a Region until AWS is asked for more (Aurora User Guide, quotas)."""
