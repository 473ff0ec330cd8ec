"""What others need to know of a cluster, under Project Planton's names."""

from typing import Final

from auroraform.constructs.bindings import Construct, TerraformOutput
from auroraform.constructs.naming import address

_CLUSTER: Final = "aws_rds_cluster"
_GROUP: Final = "aws_security_group"

_VALUES: Final = {
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
# Where the password that RDS made is kept.
_SECRET: Final = {"rds_cluster_master_user_secret_arn": (_CLUSTER, "master_user_secret[0].secret_arn")}


class ClusterOutputs(Construct):
    """`output.<label>_<name>` for each value: one set per cluster, told apart by the cluster's label.

    Expressions are written out instead of read from the resources: each read would cross over to Node.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, has_secret: bool) -> None:
        super().__init__(scope, id_)
        for name, (kind, attribute) in (_VALUES | (_SECRET if has_secret else {})).items():
            output = TerraformOutput(self, name, value=f"${{{kind}.{label}.{attribute}}}")
            address(output, label, name)
