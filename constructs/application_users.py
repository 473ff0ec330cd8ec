"""Who may be which user of the database: a policy for each user, and where it is attached."""

from typing import Final

from auroraform.constructs.bindings import Construct, IamPolicy, IamRolePolicyAttachment
from auroraform.constructs.naming import address, reference
from auroraform.constructs.policy_documents import Json, allow, document, reads_secrets
from auroraform.schemas.resolved.users import ApplicationUser, DataApi

# Amazon Aurora User Guide, "Authorizing access to the Amazon RDS Data API".
_DATA_API: Final = (
    "rds-data:BatchExecuteStatement",
    "rds-data:BeginTransaction",
    "rds-data:CommitTransaction",
    "rds-data:ExecuteStatement",
    "rds-data:RollbackTransaction",
)


class ClusterApplicationUsers(Construct):
    """`aws_iam_policy.<label>_<user>` and `aws_iam_role_policy_attachment.<label>_<role>-<user>`.

    The policy allows to be one user of one cluster, by the id that no other cluster ever has.
    """

    def __init__(
        self, scope: Construct, id_: str, *, label: str, users: tuple[ApplicationUser, ...], tags: dict[str, str]
    ) -> None:
        super().__init__(scope, id_)
        for user in users:
            policy = IamPolicy(
                self,
                # Not the name alone: some, such as `constructor`, are names that every object has in JavaScript.
                f"policy-{user.name}",
                name=user.policy_name,
                description=f"To be the database user {user.name} of the Aurora cluster {label}",
                policy=document(*_statements(label, user)),
                tags=tags,
            )
            address(policy, label, user.name)
            for role in user.roles:
                attachment = IamRolePolicyAttachment(
                    self,
                    f"attachment-{role.key}",
                    role=role.name,
                    policy_arn=reference("aws_iam_policy", f"{label}_{user.name}", "arn"),
                )
                address(attachment, label, role.key)


def _statements(label: str, user: ApplicationUser) -> list[Json]:
    if user.data_api is not None:
        return _data_api(label, user.data_api)
    resource_id = reference("aws_rds_cluster", label, "cluster_resource_id")
    return [allow(("rds-db:connect",), (user.account.arn("rds-db", f"dbuser:{resource_id}/{user.name}"),))]


def _data_api(label: str, data_api: DataApi) -> list[Json]:
    key = (data_api.kms_key_id,) if data_api.kms_key_id is not None else ()
    return [
        allow(_DATA_API, (reference("aws_rds_cluster", label, "arn"),)),
        *reads_secrets((data_api.secret_arn,), key, data_api.secrets_manager),
    ]
