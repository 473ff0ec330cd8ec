"""IAM policy documents, and the statements that several of them share."""

import json
from typing import Final

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_VERSION: Final = "2012-10-17"


def document(*statements: Json) -> str:
    """A policy as AWS takes it."""
    return json.dumps({"Version": _VERSION, "Statement": list(statements)})


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
