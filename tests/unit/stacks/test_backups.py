"""Backups beside the automated ones: who takes part in the plan, what is made once in a stack, with which rights."""

import json
from typing import Final

import pytest

from auroraform.schemas.resolved.backup import BackupPlan, BackupRole, VaultLock
from auroraform.schemas.resolved.backups import Backups, ExportRole, RestoreTest, Snapshot
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.roles import Statement
from auroraform.stacks.synth import validate
from support.workspaces import Files, environment, lines, manifest

RULE: Final = "{schedule: cron(0 3 * * ? *), retentionDays: 35}"
PLAN: Final = f"backup: {{rules: {{daily: {RULE}}}}}"
TESTED: Final = f"backup: {{rules: {{daily: {RULE}}}, restoreTesting: {{schedule: cron(0 6 ? * SUN *)}}}}"
COPIED: Final = (
    "backup: {rules: {daily: {schedule: cron(0 3 * * ? *), retentionDays: 35, copies: "
    "[{vaultArn: 'arn:aws:backup:eu-west-1:444455556666:backup-vault:aurora'}]}}}"
)
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"
SNAPSHOT: Final = "arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:nightly"


def backups(files: Files, spec: str = "", where: str = PLAN, class_: str = "production") -> Backups:
    return files.cluster(
        manifests__orders=manifest(spec), environments__prod=environment("prod", class_, spec=where)
    ).backups


def plan(files: Files, where: str = PLAN, class_: str = "production") -> BackupPlan:
    outcome = validate(files.minimal(environments__prod=environment("prod", class_, spec=where)))
    assert lines(outcome.problems) == []
    (stack,) = outcome.stacks
    assert stack.shared.backup is not None
    return stack.shared.backup


class TestMembership:
    @pytest.mark.parametrize("class_", ["development", "staging", "production"])
    def test_where_there_is_a_plan_it_saves_every_cluster(self, files: Files, class_: str) -> None:
        selection = backups(files, class_=class_).selection
        assert selection is not None
        assert (selection.name, selection.plan_id) == ("prod-orders", Expression("aws_backup_plan.shared.id"))

    def test_a_cluster_can_stay_out(self, files: Files) -> None:
        found = backups(files, "backups: {plan: false}", TESTED)
        assert (found.selection, found.restore_test) == (None, None)

    def test_without_a_plan_there_is_nothing_to_take_part_in(self, files: Files) -> None:
        assert files.cluster().backups.selection is None

    def test_a_restore_test_is_in_the_subnets_of_the_cluster(self, files: Files) -> None:
        assert backups(files, "dbSubnetGroupName: databases", TESTED).restore_test == RestoreTest(
            name="prod_orders",
            plan_name=Expression("aws_backup_restore_testing_plan.shared.name"),
            role_arn=Expression("aws_iam_role.shared_restore.arn"),
            validation_window_hours=None,
            db_subnet_group_name="databases",
        )

    def test_a_continuous_rule_is_known_to_the_clusters_that_it_is_for(self, files: Files) -> None:
        where = f"backup: {{rules: {{daily: {RULE[:-1]}, continuous: true}}}}}}"
        assert backups(files, where=where).is_continuous
        assert not backups(files, "backups: {plan: false}", where).is_continuous
        assert not backups(files).is_continuous


class TestSnapshots:
    def test_they_are_taken_before_a_declared_upgrade_and_else_after_the_cluster(self, files: Files) -> None:
        spec = "backups: {snapshots: {before16: {}}}"
        assert backups(files, spec).snapshots == (
            Snapshot(key="before16", identifier="prod-orders-before16", shared_accounts=(), create_timeout="2h"),
        )
        assert not backups(files, spec).are_first
        assert backups(files, f"{spec}\nupgrade: {{from: '15.10', changes: immediate}}").are_first

    def test_terraform_waits_for_them_as_long_as_for_the_cluster(self, files: Files) -> None:
        (snapshot,) = backups(files, "backups: {snapshots: {a: {}}}\ntimeouts: {create: 5h}").snapshots
        assert snapshot.create_timeout == "5h"


class TestExports:
    def test_a_role_is_made_for_the_folder_and_the_key_alone(self, files: Files) -> None:
        q1 = f"{{snapshotArn: '{SNAPSHOT}', bucket: acme, prefix: a/b, kmsKeyId: '{KEY}'}}"
        spec = f"backups: {{exports: {{q1: {q1}}}}}"
        (export,) = backups(files, spec).exports
        assert isinstance(export.role, ExportRole)
        assert export.role.name == "prod-orders-eu-west-1-export-q1"
        assert export.role.statements == (
            Statement(actions=("s3:GetBucketLocation", "s3:ListBucket"), resources=("arn:aws:s3:::acme",)),
            Statement(
                actions=("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"),
                resources=("arn:aws:s3:::acme/a/b/*",),
            ),
            Statement(
                actions=("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"), resources=(KEY,)
            ),
        )

    def test_what_is_declared_here_is_referred_to(self, files: Files) -> None:
        spec = "kmsKey: {create: true}\nbackups: {snapshots: {a: {}}, exports: {a: {snapshot: a, bucket: acme}}}"
        (export,) = backups(files, spec).exports
        assert export.source_arn == Expression("aws_db_cluster_snapshot.orders_a.db_cluster_snapshot_arn")
        assert export.kms_key_id == Expression("aws_kms_key.orders.arn")

    def test_the_environment_says_where_its_role_is_and_what_bounds_it(self, files: Files) -> None:
        spec = f"backups: {{exports: {{a: {{snapshotArn: '{SNAPSHOT}', bucket: acme, kmsKeyId: '{KEY}'}}}}}}"
        where = f"iam: {{path: /db/, permissionsBoundary: 'arn:aws:iam::111122223333:policy/b'}}\n{PLAN}"
        (export,) = backups(files, spec, where).exports
        assert isinstance(export.role, ExportRole)
        bounds = ("/db/", "arn:aws:iam::111122223333:policy/b")
        assert (export.role.path, export.role.permissions_boundary) == bounds
        assert (plan(files, where).role.path, plan(files, where).role.permissions_boundary) == bounds


class TestPlan:
    def test_a_vault_is_made_with_a_key_and_is_kept_in_production(self, files: Files) -> None:
        vault = plan(files).vault
        assert vault is not None
        assert (vault.name, vault.kms_key_id) == ("prod-aurora", Expression("aws_kms_key.shared_backup.arn"))
        assert (vault.prevent_destroy, vault.force_destroy, vault.lock) == (True, False, None)

    def test_a_vault_of_development_goes_with_what_is_in_it(self, files: Files) -> None:
        vault = plan(files, class_="development").vault
        assert vault is not None
        assert (vault.prevent_destroy, vault.force_destroy) == (False, True)

    def test_an_existing_vault_is_used_as_it_is(self, files: Files) -> None:
        found = plan(files, TESTED.replace("backup: {", "backup: {vaultName: Default, "))
        assert (found.vault, found.target_vault_name) == (None, "Default")
        assert found.restore_testing is not None
        assert found.restore_testing.vault_arn == "arn:aws:backup:eu-west-1:111122223333:backup-vault:Default"

    def test_a_lock_is_in_governance_mode_unless_compliance_is_asked_for(self, files: Files) -> None:
        where = PLAN.replace("backup: {", "backup: {vault: {lock: {minRetentionDays: 7}}, ")
        vault = plan(files, where).vault
        assert vault is not None
        assert vault.lock == VaultLock(min_retention_days=7, max_retention_days=None, changeable_for_days=None)

    def test_roles_have_the_policies_of_the_partition(self, files: Files) -> None:
        where = environment(spec=TESTED).replace("eu-west-1", "cn-north-1")
        (stack,) = validate(files.minimal(environments__prod=where)).stacks
        assert stack.shared.backup is not None
        assert stack.shared.backup.role == BackupRole(
            name="prod-cn-north-1-backup",
            path=None,
            permissions_boundary=None,
            policy_arn="arn:aws-cn:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
        )

    def test_a_copy_is_kept_as_long_as_the_backup_unless_it_says(self, files: Files) -> None:
        where = f"{COPIED}\ndefaults: {{kmsKey: {{create: true}}}}"
        for written, days in ((where, 35), (where.replace("aurora'}", "aurora', retentionDays: 7}"), 7)):
            (rule,) = plan(files, written).rules
            assert [copy.delete_after for copy in rule.copies] == [days]


class TestKeys:
    def policy(self, files: Files, spec: str, where: str) -> dict[str, object]:
        cluster = files.cluster(
            manifests__orders=manifest(f"kmsKey: {{create: true}}\n{spec}"), environments__prod=environment(spec=where)
        )
        assert cluster.kms_key is not None
        return {statement["Sid"]: statement for statement in json.loads(cluster.kms_key.policy)["Statement"]}

    def test_the_account_that_copies_may_read_by_aws_backup_alone(self, files: Files) -> None:
        policy = self.policy(files, "", COPIED)
        role = "arn:aws:iam::444455556666:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"
        assert policy["CopiesRead"] == {
            "Sid": "CopiesRead",
            "Effect": "Allow",
            "Principal": {"AWS": ["arn:aws:iam::444455556666:root"]},
            "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:ReEncryptFrom"],
            "Resource": "*",
            "Condition": {"ArnEquals": {"aws:PrincipalArn": [role]}},
        }
        assert "CopiesRead" not in self.policy(files, "backups: {plan: false}", COPIED)
        assert "CopiesRead" not in self.policy(files, "", PLAN)

    def test_the_account_that_a_snapshot_is_shared_with_may_read_by_rds_alone(self, files: Files) -> None:
        policy = self.policy(files, 'backups: {snapshots: {a: {sharedAccounts: ["444455556666"]}}}', PLAN)
        statement = policy["RestoresGrant"]
        assert isinstance(statement, dict)
        assert statement["Condition"] == {
            "Bool": {"kms:GrantIsForAWSResource": "true"},
            "StringEquals": {"kms:ViaService": ["rds.eu-west-1.amazonaws.com"]},
        }
