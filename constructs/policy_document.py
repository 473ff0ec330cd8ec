"""IAM policy documents."""

import json

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def document(*statements: dict[str, Json]) -> str:
    """A policy of these statements.

    Their texts are templates of Terraform: names and ARNs, in which a quotation mark can only be part of an expression.
    There it must stay as it is, and what the expression gives has none.
    """
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}).replace('\\"', '"')


def allow(actions: tuple[str, ...], resources: tuple[str, ...]) -> dict[str, Json]:
    """The statement that allows actions on resources."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}
