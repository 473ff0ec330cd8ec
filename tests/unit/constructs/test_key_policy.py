"""The policy of a cluster's key: what each statement lets through, and what it does not."""

import json
from typing import Any, Final

import pytest

from auroraform.constructs.key_policy import RDS, SECRETS_MANAGER, key_policy

ACCOUNT: Final = "111122223333"
LOGS: Final = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/rds/cluster/prod-orders/*"
ROLE: Final = "arn:aws:iam::111122223333:role/keys"


def statements(**changes: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - arguments of the function
    arguments: dict[str, Any] = {
        "region": "eu-west-1",
        "account_id": ACCOUNT,
        "services": (RDS,),
        "log_groups": None,
        "administrators": (),
        "is_protected": False,
    }
    document = json.loads(key_policy(**(arguments | changes)))
    assert document["Version"] == "2012-10-17"
    return {statement["Sid"]: statement for statement in document["Statement"]}


def test_the_least_policy_is_the_account_and_rds_for_it() -> None:
    found = statements()
    assert list(found) == ["AccountAdministers", "ServicesUse", "ServicesGrant"]
    assert found["AccountAdministers"]["Principal"] == {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    for name in ("ServicesUse", "ServicesGrant"):
        # Whoever it is: in this account, and through this service.
        assert found[name]["Condition"]["StringEquals"] == {
            "kms:CallerAccount": ACCOUNT,
            "kms:ViaService": ["rds.eu-west-1.amazonaws.com"],
        }


def test_services_take_grants_for_their_own_resources_only() -> None:
    granting = [s for s in statements().values() if "kms:CreateGrant" in s["Action"]]
    assert [s["Condition"]["Bool"] for s in granting] == [{"kms:GrantIsForAWSResource": "true"}]


def test_nobody_but_the_account_itself_may_do_everything() -> None:
    found = statements(services=(RDS, SECRETS_MANAGER), log_groups=LOGS, administrators=(ROLE,), is_protected=True)
    allowed = {sid: s["Action"] for sid, s in found.items() if s["Effect"] == "Allow"}
    assert [sid for sid, actions in allowed.items() if "kms:*" in actions] == ["AccountAdministers"]
    # Those who administer cannot read, and those who use cannot administer.
    assert not {"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"} & set(allowed["RolesAdminister"])
    assert set(allowed["ServicesUse"]) == {"kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"}
    everybody = {sid for sid, s in found.items() if s["Principal"] == {"AWS": "*"} and s["Effect"] == "Allow"}
    assert {sid for sid in everybody if "Condition" in found[sid]} == everybody == {"ServicesUse", "ServicesGrant"}


def test_the_secret_is_encrypted_through_secrets_manager() -> None:
    services = statements(services=(RDS, SECRETS_MANAGER))["ServicesUse"]["Condition"]["StringEquals"]["kms:ViaService"]
    assert services == ["rds.eu-west-1.amazonaws.com", "secretsmanager.eu-west-1.amazonaws.com"]


def test_logs_are_encrypted_by_the_service_for_the_groups_of_the_cluster_alone() -> None:
    logs = statements(log_groups=LOGS)["LogsUse"]
    assert logs["Principal"] == {"Service": "logs.eu-west-1.amazonaws.com"}
    assert logs["Condition"] == {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": LOGS}}


def test_a_protected_key_is_neither_deleted_nor_disabled_by_anybody() -> None:
    protection = statements(is_protected=True)["NobodyDeletes"]
    assert (protection["Effect"], protection["Principal"], protection["Action"]) == (
        "Deny",
        {"AWS": "*"},
        ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
    )
    # Else the policy could never be changed back.
    assert "kms:PutKeyPolicy" not in protection["Action"]


@pytest.mark.parametrize(
    ("region", "partition", "service", "logs"),
    [
        ("us-gov-west-1", "aws-us-gov", ["rds.us-gov-west-1.amazonaws.com"], "logs.us-gov-west-1.amazonaws.com"),
        (
            "cn-north-1",
            "aws-cn",
            ["rds.cn-north-1.amazonaws.com", "rds.cn-north-1.amazonaws.com.cn"],
            "logs.cn-north-1.amazonaws.com.cn",
        ),
    ],
)
def test_names_are_those_of_the_partition(region: str, partition: str, service: list[str], logs: str) -> None:
    found = statements(region=region, log_groups=LOGS)
    assert found["AccountAdministers"]["Principal"] == {"AWS": f"arn:{partition}:iam::{ACCOUNT}:root"}
    assert found["ServicesUse"]["Condition"]["StringEquals"]["kms:ViaService"] == service
    assert found["LogsUse"]["Principal"] == {"Service": logs}


def test_equal_policies_are_equal_bytes() -> None:
    assert key_policy(
        region="eu-west-1",
        account_id=ACCOUNT,
        services=[RDS],
        log_groups=LOGS,
        administrators=[ROLE],
        is_protected=True,
    ) == key_policy(
        region="eu-west-1",
        account_id=ACCOUNT,
        services=iter([RDS]),
        log_groups=LOGS,
        administrators=iter([ROLE]),
        is_protected=True,
    )
