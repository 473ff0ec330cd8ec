"""The bucket policy, statement by statement, held against requests as S3 describes them to it."""

import dataclasses
from typing import Final

import pytest

from auroraform.constructs.state_policies import bucket_policy
from auroraform.sandbox.emulator.bucket_policies import CONNECTION, context_of, in_force
from auroraform.schemas.storage import StateStorage

KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000"
ALIAS: Final = "alias/auroraform-state/acme-state"
STRICT: Final = StateStorage(
    bucket="acme-state",
    account_id="111122223333",
    partition="aws",
    key_alias=ALIAS,
    key_alias_arn=f"arn:aws:kms:eu-west-1:111122223333:{ALIAS}",
    key_id=None,
    key_spellings=(ALIAS,),
    allows_sse_s3=False,
    lock_table=None,
)
LENIENT: Final = dataclasses.replace(STRICT, allows_sse_s3=True)

SSE, KEY_ID, CUSTOMER = (f"x-amz-server-side-encryption{end}" for end in ("", "-aws-kms-key-id", "-customer-algorithm"))


def refusals(storage: StateStorage, context: dict[str, str]) -> list[str]:
    return [statement["Sid"] for statement in in_force(bucket_policy(storage, KEY), context)]


@pytest.mark.parametrize(
    ("connection", "expected"),
    [
        ({"s3:TlsVersion": "1.3"}, []),
        ({"s3:TlsVersion": "1.2"}, []),
        ({"s3:TlsVersion": "1.1"}, ["DenyOldTls"]),
        ({"aws:SecureTransport": "false"}, ["DenyPlainHttp"]),
    ],
)
def test_only_tls_from_1_2_on_reaches_the_bucket(connection: dict[str, str], expected: list[str]) -> None:
    assert refusals(STRICT, CONNECTION | connection) == expected


@pytest.mark.parametrize(
    ("headers", "strict", "lenient"),
    [
        pytest.param({}, [], [], id="nothing, and so the default"),
        pytest.param({SSE: "aws:kms", KEY_ID: KEY}, [], [], id="the key"),
        pytest.param({SSE: "aws:kms", KEY_ID: ALIAS}, [], [], id="the key, as the environment spells it"),
        # What Terraform sends for `encrypt` without a key.
        pytest.param({SSE: "AES256"}, ["DenyOtherEncryption"], [], id="S3's key"),
        pytest.param({SSE: "aws:kms"}, ["DenyOtherEncryption"], ["DenyOtherEncryption"], id="AWS's key"),
        pytest.param(
            {SSE: "aws:kms", KEY_ID: f"{KEY[:-1]}1"}, ["DenyOtherEncryption"], ["DenyOtherEncryption"], id="another key"
        ),
        pytest.param({CUSTOMER: "AES256"}, ["DenyCustomerProvidedKey"], ["DenyCustomerProvidedKey"], id="own key"),
    ],
)
def test_an_upload_asks_for_the_key_of_the_bucket_or_for_nothing(
    headers: dict[str, str], strict: list[str], lenient: list[str]
) -> None:
    assert refusals(STRICT, context_of(headers)) == strict
    assert refusals(LENIENT, context_of(headers)) == lenient


def test_the_partition_is_that_of_the_account() -> None:
    china = dataclasses.replace(STRICT, partition="aws-cn")
    (plain,) = in_force(bucket_policy(china, KEY), CONNECTION | {"aws:SecureTransport": "false"})
    assert plain["Resource"] == ["arn:aws-cn:s3:::acme-state", "arn:aws-cn:s3:::acme-state/*"]
