"""Keys: which one encrypts what, and what becomes of one that is made."""

import json
from typing import Final

import pytest

from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.encryption import KmsKey
from auroraform.schemas.resolved.expressions import Expression
from support.workspaces import Files, environment, lines, manifest

KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab"
OTHER: Final = "arn:aws:kms:eu-west-1:111122223333:key/other"
MADE: Final = Expression("aws_kms_key.orders.arn")


def keys(found: ResolvedCluster) -> tuple[str | None, str | None, str | None]:
    """The keys of the volume, of Performance Insights and of the secret."""
    insights = found.performance_insights
    return found.kms_key_id, insights.kms_key_id if insights else None, found.master_user_secret_kms_key_id


def made(files: Files, spec: str, class_: str = "production") -> KmsKey:
    found = files.cluster(manifests__orders=manifest(spec), environments__prod=environment(class_=class_)).kms_key
    assert found is not None
    return found


class TestUses:
    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            pytest.param("", (None, None, None), id="AWS's own keys, by default"),
            pytest.param("kmsKey: {create: false, alias: alias/x}", (None, None, None), id="none is made"),
            pytest.param("kmsKey: {create: true}", (MADE, MADE, MADE), id="for everything"),
            pytest.param("kmsKey: {create: true, uses: [volume]}", (MADE, None, None), id="for one thing"),
            pytest.param(
                f"kmsKeyId: {KEY}\nkmsKey: {{create: true, uses: [performanceInsights, masterUserSecret]}}",
                (KEY, MADE, MADE),
                id="for the rest",
            ),
            pytest.param(
                f"performanceInsights: {{kmsKeyId: {KEY}}}\nmasterUserSecretKmsKeyId: {OTHER}\n"
                "kmsKey: {create: true}",
                (MADE, KEY, OTHER),
                id="what names a key keeps it",
            ),
            pytest.param("kmsKey: {create: true}\nperformanceInsights: {enabled: false}", (MADE, None, MADE), id="off"),
            pytest.param(
                "kmsKey: {create: true}\npasswordFrom: {ssmParameter: /p}", (MADE, MADE, None), id="no secret of RDS's"
            ),
            pytest.param(
                "kmsKey: {create: true}\nreplicationSourceIdentifier: arn:aws:rds:eu-west-1:111122223333:cluster:a",
                (MADE, MADE, None),
                id="no secret of a replica",
            ),
        ],
    )
    def test_each_part_has_the_key_that_is_named_or_made_for_it(
        self, files: Files, spec: str, expected: tuple[str | None, str | None, str | None]
    ) -> None:
        found = keys(files.cluster(manifests__orders=manifest(spec)))
        # An expression is equal to its text.
        assert (found, [type(key) for key in found]) == (expected, [type(key) for key in expected])


class TestMadeKey:
    @pytest.mark.parametrize(
        ("class_", "days", "protected", "prevented"),
        [("development", 7, False, False), ("staging", 30, True, False), ("production", 30, True, True)],
    )
    def test_the_class_says_how_it_ends(
        self,
        files: Files,
        class_: str,
        days: int,
        protected: bool,  # noqa: FBT001
        prevented: bool,  # noqa: FBT001
    ) -> None:
        key = made(files, "kmsKey: {create: true}", class_)
        assert (key.deletion_window_in_days, key.prevent_destroy) == (days, prevented)
        assert ("NobodyDeletes" in key.policy) is protected

    def test_what_nobody_says_is_what_a_careful_engineer_would(self, files: Files) -> None:
        key = made(files, "kmsKey: {create: true}")
        assert (key.alias, key.description) == ("alias/prod-orders", "Data of the Aurora cluster prod-orders")
        assert (key.enable_key_rotation, key.rotation_period_in_days, key.multi_region) == (True, None, False)

    def test_what_is_written_is_what_is_made(self, files: Files) -> None:
        key = made(
            files,
            """
            kmsKey:
              create: true
              alias: alias/databases/orders
              description: mine
              rotationPeriodInDays: 90
              multiRegion: true
              administrators: [arn:aws:iam::111122223333:role/keys]
              deletionProtection: false
              deletionWindowInDays: 14
            """,
        )
        assert (key.alias, key.description) == ("alias/databases/orders", "mine")
        assert (key.enable_key_rotation, key.rotation_period_in_days, key.multi_region) == (True, 90, True)
        assert key.deletion_window_in_days == 14
        assert "NobodyDeletes" not in key.policy
        assert "arn:aws:iam::111122223333:role/keys" in key.policy
        assert made(files, "kmsKey: {create: true, enableKeyRotation: false}").enable_key_rotation is False

    def test_the_policy_is_for_what_the_key_encrypts(self, files: Files) -> None:
        policies = {
            spec: made(files, f"kmsKey: {{create: true{spec}}}").policy
            for spec in ("", ", uses: [volume, performanceInsights]")
        }
        assert ["secretsmanager.eu-west-1" in policy for policy in policies.values()] == [True, False]

    def test_logs_may_be_encrypted_with_it_where_there_are_any(self, files: Files) -> None:
        policy = json.loads(made(files, "kmsKey: {create: true}\nclusterIdentifier: acme").policy)
        (logs,) = (statement for statement in policy["Statement"] if statement["Sid"] == "LogsUse")
        assert logs["Condition"] == {
            "ArnLike": {
                "kms:EncryptionContext:aws:logs:arn": (
                    "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/rds/cluster/acme/*"
                )
            }
        }
        assert "LogsUse" not in made(files, "kmsKey: {create: true}\nenabledCloudwatchLogsExports: []").policy


class TestForeignKeys:
    """A key of another Region is told where it is written, however it is written."""

    FOREIGN: Final = KEY.replace("eu-west-1", "us-east-1")
    MESSAGE: Final = (
        f'"{FOREIGN}" is in us-east-1, and the cluster in eu-west-1: a key encrypts in its own Region only'
        " -> name one that is in eu-west-1; a multi-Region key has a replica with an ARN of its own there"
    )

    @pytest.mark.parametrize(
        ("spec", "place"),
        [
            (f"kmsKeyId: {FOREIGN}", "8:13 error[AF102] spec.kmsKeyId"),
            (f"kmsKeyId: {{value: {FOREIGN}}}", "8:3 error[AF102] spec.kmsKeyId"),
            (f"masterUserSecretKmsKeyId: {FOREIGN}", "8:29 error[AF102] spec.masterUserSecretKmsKeyId"),
            (
                f"performanceInsights: {{kmsKeyId: {FOREIGN}}}",
                "8:35 error[AF102] spec.performanceInsights.kmsKeyId",
            ),
        ],
    )
    def test_in_a_manifest(self, files: Files, spec: str, place: str) -> None:
        problems = files.problems(manifests__orders=manifest(spec))
        assert lines(problems) == [f"manifests/orders.yaml:{place}: {self.MESSAGE}"]

    def test_by_a_reference(self, files: Files) -> None:
        problems = files.problems(
            manifests__orders=manifest("kmsKeyId: {valueFrom: {name: volume}}"),
            environments__prod=environment(
                spec=f"references: {{AwsKmsKey/volume: {{status.outputs.key_arn: {self.FOREIGN}}}}}"
            ),
        )
        (line,) = lines(problems)
        assert line.endswith(f"error[AF102] spec.kmsKeyId: {self.MESSAGE}")

    def test_a_key_of_another_account_is_fine(self, files: Files) -> None:
        key = KEY.replace("111122223333", "999900001111")
        assert files.cluster(manifests__orders=manifest(f"kmsKeyId: {key}")).kms_key_id == key
