"""IAM policy documents, and the statements that several of them share."""

import json
from typing import Final

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_VERSION: Final = "2012-10-17"


def document(*statements: Json) -> str:
    """A policy of these statements, as AWS takes it.

    Their texts are templates of Terraform: names and ARNs, in which a quotation mark can only be part of an expression.
    There it must stay as it is, and what the expression gives has none.
    """
    return json.dumps({"Version": _VERSION, "Statement": list(statements)}).replace('\\"', '"')


def allow(actions: tuple[str, ...], resources: tuple[str, ...]) -> dict[str, Json]:
    """The statement that allows actions on resources."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}


def reads_secrets(secret_arns: tuple[str, ...], kms_key_ids: tuple[str, ...], secrets_manager: str) -> list[Json]:
    """The statements that allow to read secrets, and to use their keys for that and for nothing else.

    Args:
        secret_arns: the secrets.
        kms_key_ids: the ARNs of their keys; AWS's own key needs no permission.
        secrets_manager: the host of AWS Secrets Manager, which decrypts for who reads.
    """
    statements: list[Json] = [allow(("secretsmanager:GetSecretValue",), secret_arns)]
    if kms_key_ids:
        via: Json = {"StringEquals": {"kms:ViaService": secrets_manager}}
        statements.append(allow(("kms:Decrypt",), kms_key_ids) | {"Condition": via})
    return statements


def service_assumes(service: str, account_id: str, source_arn: str) -> str:
    """The policy of a role that a service of AWS takes on behalf of the account, as JSON.

    IAM User Guide, "The confused deputy problem": without the condition, whoever can make the service act could make it
    use the role of another account.

    Args:
        service: the principal of the service.
        account_id: the account that it must act for.
        source_arn: what it must act for, possibly with `*` in it.
    """
    return document(
        {
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": account_id},
                "ArnLike": {"aws:SourceArn": source_arn},
            },
        }
    )


def account_administers(partition: str, account_id: str) -> Json:
    """The statement of a key policy that hands the key to the account, whose IAM policies say who may do what.

    KMS Developer Guide, "Default key policy": without it nobody could ever change the key again.
    """
    return {
        "Sid": "AccountAdministers",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:{partition}:iam::{account_id}:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
