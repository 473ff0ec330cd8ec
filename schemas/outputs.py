"""What others need to know of a cluster, under Project Planton's names: the outputs of a stack.

An output is called `<cluster>_<name>`; a reference from another manifest says `status.outputs.<name>`.
"""

from collections.abc import Iterable
from typing import Final

_CLUSTER: Final = "aws_rds_cluster"
_GROUP: Final = "aws_security_group"

MADE_LAST: Final = _CLUSTER
"""What is made after everything that it refers to; a security group waits for nothing."""

OUTPUTS: Final = {
    "rds_cluster_endpoint": (_CLUSTER, "endpoint"),
    "rds_cluster_reader_endpoint": (_CLUSTER, "reader_endpoint"),
    "rds_cluster_id": (_CLUSTER, "id"),
    "rds_cluster_arn": (_CLUSTER, "arn"),
    "rds_cluster_engine": (_CLUSTER, "engine"),
    "rds_cluster_engine_version": (_CLUSTER, "engine_version_actual"),
    "rds_cluster_port": (_CLUSTER, "port"),
    "rds_subnet_group": (_CLUSTER, "db_subnet_group_name"),
    "rds_security_group": (_GROUP, "id"),
    "rds_cluster_parameter_group": (_CLUSTER, "db_cluster_parameter_group_name"),
    # Beyond Project Planton's: what IAM policies for database users name.
    "rds_cluster_resource_id": (_CLUSTER, "cluster_resource_id"),
}
"""Resource type and attribute of each output."""

GROUP_OUTPUT: Final = "rds_security_group"
"""The one that is there only where a security group is made."""

SECRET_OUTPUT: Final = {"rds_cluster_master_user_secret_arn": (_CLUSTER, "master_user_secret[0].secret_arn")}
"""Where the password that RDS made is kept; replicas have none."""

ENDPOINT: Final = ("aws_rds_cluster_endpoint", "endpoint")
"""Where a custom endpoint leads: its label is the cluster's with the key of the endpoint."""


def proxy_outputs(cluster: str, *, has_reader: bool) -> dict[str, str]:
    """The expressions of the outputs for RDS Proxy: where it is, and the id that IAM policies for its users name."""
    outputs = {
        "rds_proxy_endpoint": f"aws_db_proxy.{cluster}.endpoint",
        # The id is the end of the ARN; the provider gives it nowhere else.
        "rds_proxy_resource_id": f'element(split(":", aws_db_proxy.{cluster}.arn), 6)',
    }
    return outputs | (
        {"rds_proxy_reader_endpoint": f"aws_db_proxy_endpoint.{cluster}_reader.endpoint"} if has_reader else {}
    )


def endpoint_output(key: str) -> str:
    """The name of the output of a custom endpoint."""
    return f"rds_cluster_endpoint_{key}"


def expression(label: str, source: tuple[str, str]) -> str:
    """The Terraform expression of an output, without `${}`."""
    kind, attribute = source
    return f"{kind}.{label}.{attribute}"


def topic_output(label: str, severity: str) -> str:
    """The name of the output of a topic that is made: its ARN, for whoever subscribes something to it."""
    return f"{label}_{severity}_topic_arn"


def policy_outputs(cluster: str, users: Iterable[str]) -> dict[str, str]:
    """The expressions of the outputs for application users: the policy of each, for whoever may be that user."""
    return {f"user_{user}_policy_arn": f"aws_iam_policy.{cluster}_{user}.arn" for user in users}
