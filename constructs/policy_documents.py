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
