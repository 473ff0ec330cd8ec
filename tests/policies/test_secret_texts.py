"""What is taken for a secret, and what only looks like one."""

import pytest

from auroraform.policies.secret_texts import secret_in

RANDOM = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("note", "AKIAIOSFODNN7EXAMPLE"),
        ("note", "-----BEGIN RSA PRIVATE KEY-----"),
        ("url", "postgres://app:s3cr3t@db.example.com/orders"),
        ("note", RANDOM.replace("/", "+")),
        ("note", "5f4dcc3b5aa765d61d8327deb882cf99"),
        ("db-password", "hunter2!"),
        ("API_KEY", "abc-123-def"),
        ("apiToken", "12345678"),
    ],
)
def test_a_secret_is_told(name: str, text: str) -> None:
    assert secret_in(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("team", "checkout"),
        ("secret", "prod/orders/master"),
        ("secret-arn", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf"),
        ("token", "none"),
        ("password-rotation", "30-days"),
        ("commit", "3f786850e387550fdab836ed7e6dc881de23001b"),
        ("id", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
        ("extensions", "pg_stat_statements,pgaudit,auto_explain"),
        ("ciphers", "ECDHE-RSA-AES128-GCM-SHA256,ECDHE-RSA-AES256-GCM-SHA384"),
        ("description", "The database of orders and payments"),
        ("runbook", "https://wiki.example.com/databases/orders?view=latest"),
    ],
)
def test_what_only_looks_like_one_is_not(name: str, text: str) -> None:
    assert secret_in(name, text) is None


def test_the_name_of_a_parameter_gives_nothing_away() -> None:
    assert secret_in("validate_password", "MEDIUM_1", names_tell=False) is None
    assert secret_in("anything", RANDOM.replace("/", "+"), names_tell=False)
