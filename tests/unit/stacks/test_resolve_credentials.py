"""The master password: RDS's own, with its rotation, or one that somebody brings."""

from typing import Final

import pytest

from auroraform.schemas.resolved.credentials import MasterPassword, SecretRotation
from auroraform.schemas.resolved.expressions import Expression
from support.workspaces import Files, environment, lines, manifest

SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf"  # noqa: S105 - its name
FROM: Final = f"passwordFrom: {{secretArn: '{SECRET}'}}"
BROUGHT: Final = MasterPassword(secret_arn=SECRET, ssm_parameter_arn=None, json_key=None, version=1)
MANAGED: Final = "manageMasterUserPassword: true"
UNMANAGED: Final = "manageMasterUserPassword: false"


class TestDecision:
    """RDS's password, or one that is brought: the later layer wins."""

    @pytest.mark.parametrize(
        ("defaults", "own", "overrides", "brought"),
        [
            ("", "", "", False),
            ("", FROM, "", True),
            (FROM, "", "", True),
            ("", "", FROM, True),
            ("", f"{UNMANAGED}\n{FROM}", "", True),
            (UNMANAGED, FROM, "", True),
            (FROM, UNMANAGED, "", True),
            # Two layers that differ.
            (FROM, MANAGED, "", False),
            (MANAGED, FROM, "", True),
            ("", FROM, MANAGED, False),
            (FROM, MANAGED, FROM, True),
            # There and back again.
            ("", FROM, "passwordFrom: null", False),
        ],
    )
    def test_the_later_layer_wins(self, files: Files, defaults: str, own: str, overrides: str, brought: bool) -> None:  # noqa: FBT001
        found = files.cluster(
            environments__prod=environment(spec=f"defaults: {{{defaults}}}\noverrides: {{orders: {{{overrides}}}}}"),
            manifests__orders=manifest(own),
        )
        assert (found.master_password, found.manage_master_user_password) == (BROUGHT if brought else None, not brought)

    def test_a_layer_that_says_both_is_told(self, files: Files) -> None:
        (line,) = lines(files.problems(manifests__orders=manifest(f"{MANAGED}\n{FROM}")))
        assert line.startswith("manifests/orders.yaml:9:3 error[AF105] spec.passwordFrom: RDS manages the password")


class TestBrought:
    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            (f"{{secretArn: {{value: '{SECRET}'}}, jsonKey: password, version: 7}}", (SECRET, None, "password", 7)),
            (
                "{ssmParameter: /shop/orders}",
                (None, "arn:aws:ssm:eu-west-1:111122223333:parameter/shop/orders", None, 1),
            ),
            ("{ssmParameter: orders}", (None, "arn:aws:ssm:eu-west-1:111122223333:parameter/orders", None, 1)),
            (
                "{ssmParameter: 'arn:aws:ssm:eu-west-1:999900001111:parameter/orders'}",
                (None, "arn:aws:ssm:eu-west-1:999900001111:parameter/orders", None, 1),
            ),
        ],
    )
    def test_it_is_read_from_where_it_is_kept(
        self, files: Files, spec: str, expected: tuple[str | None, str | None, str | None, int]
    ) -> None:
        found = files.cluster(manifests__orders=manifest(f"passwordFrom: {spec}")).master_password
        secret, parameter, key, version = expected
        assert found == MasterPassword(secret_arn=secret, ssm_parameter_arn=parameter, json_key=key, version=version)

    def test_a_reference_can_name_the_secret(self, files: Files) -> None:
        found = files.cluster(
            manifests__orders=manifest(
                "passwordFrom: {secretArn: {valueFrom: {kind: AwsSecret, name: a, fieldPath: arn}}}"
            ),
            environments__prod=environment(spec="references: {AwsSecret/a: {arn: {ssmParameter: /a}}}"),
        ).master_password
        assert found is not None
        assert found.secret_arn == "data.aws_ssm_parameter.AwsSecret_a_arn.insecure_value"  # noqa: S105 - where it is
        assert isinstance(found.secret_arn, Expression)

    @pytest.mark.parametrize("region", ["us-gov-west-1", "cn-north-1"])
    def test_the_name_of_a_parameter_is_of_the_partition(self, files: Files, region: str) -> None:
        found = files.cluster(
            manifests__orders=manifest("passwordFrom: {ssmParameter: /p}"),
            environments__prod=environment().replace("eu-west-1", region),
        ).master_password
        assert found is not None
        assert found.ssm_parameter_arn in {
            "arn:aws-us-gov:ssm:us-gov-west-1:111122223333:parameter/p",
            "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/p",
        }

    def test_a_restored_cluster_gets_it_too(self, files: Files) -> None:
        found = files.cluster(manifests__orders=manifest(f"snapshotIdentifier: nightly\n{FROM}"))
        assert (found.master_password, found.master_username) == (BROUGHT, None)

    @pytest.mark.parametrize("key", ["a b", 'a"]}', "${x}", "a[0]", "-82e297", ""])
    def test_a_key_that_could_mean_more_in_an_expression_is_refused(self, files: Files, key: str) -> None:
        text = manifest(f"passwordFrom: {{secretArn: '{SECRET}', jsonKey: '{key}'}}")
        assert [(p.code, p.path) for p in files.problems(manifests__orders=text)] == [
            ("AF102", "spec.passwordFrom.jsonKey")
        ]


class TestRotation:
    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            ("", None),
            ("masterUserSecret: {}", None),
            (
                "masterUserSecret: {rotation: {automaticallyAfterDays: 30}}",
                SecretRotation(
                    automatically_after_days=30, schedule_expression=None, duration=None, rotate_immediately=False
                ),
            ),
            (
                "masterUserSecret:\n  rotation:\n"
                "    {scheduleExpression: rate(12 hours), duration: 2h, rotateImmediately: true}",
                SecretRotation(
                    automatically_after_days=None,
                    schedule_expression="rate(12 hours)",
                    duration="2h",
                    rotate_immediately=True,
                ),
            ),
        ],
    )
    def test_it_is_rds_that_renews(self, files: Files, spec: str, expected: SecretRotation | None) -> None:
        found = files.cluster(manifests__orders=manifest(spec))
        assert (found.master_user_secret_rotation, found.manage_master_user_password) == (expected, True)
