"""The backup plan of a stack: vault, lock, rules, roles and restore tests."""

from typing import Final

from auroraform.constructs.bindings import (
    BackupPlan,
    BackupPlanRule,
    BackupPlanRuleCopyAction,
    BackupPlanRuleCopyActionLifecycle,
    BackupPlanRuleLifecycle,
    BackupRestoreTestingPlan,
    BackupRestoreTestingPlanRecoveryPointSelection,
    BackupVault,
    BackupVaultLockConfiguration,
    Construct,
    IamRole,
    IamRolePolicyAttachment,
    TerraformResourceLifecycle,
)
from auroraform.constructs.kms_key import ManagedKmsKey
from auroraform.constructs.naming import address, reference
from auroraform.constructs.policy_documents import document
from auroraform.schemas.resolved import backup

_TRUST: Final = document(
    {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}
)


class BackupVaultOfStack(Construct):
    """`aws_backup_vault.<label>`, with its key and its lock."""

    def __init__(self, scope: Construct, id_: str, *, label: str, vault: backup.Vault) -> None:
        super().__init__(scope, id_)
        if vault.kms_key is not None:
            ManagedKmsKey(self, "KmsKey", label=f"{label}_backup", key=vault.kms_key, tags={})
        made = BackupVault(
            self,
            "Default",
            name=vault.name,
            kms_key_arn=vault.kms_key_id,
            force_destroy=vault.force_destroy or None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if vault.prevent_destroy else None,
        )
        address(made, label)
        lock = vault.lock
        if lock is not None:
            locked = BackupVaultLockConfiguration(
                self,
                "Lock",
                backup_vault_name=reference("aws_backup_vault", label, "name"),
                min_retention_days=lock.min_retention_days,
                max_retention_days=lock.max_retention_days,
                changeable_for_days=lock.changeable_for_days,
                lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if lock.changeable_for_days else None,
            )
            address(locked, label)


class BackupRoleOfStack(Construct):
    """`aws_iam_role.<label>_<key>` with AWS's own policy for what the role does."""

    def __init__(self, scope: Construct, id_: str, *, label: str, key: str, role: backup.BackupRole) -> None:
        super().__init__(scope, id_)
        made = IamRole(
            self,
            "Default",
            name=role.name,
            path=role.path,
            permissions_boundary=role.permissions_boundary,
            description=f"AWS Backup of Aurora clusters ({key})",
            assume_role_policy=_TRUST,
        )
        address(made, label, key)
        attachment = IamRolePolicyAttachment(
            self, "Policy", role=reference("aws_iam_role", f"{label}_{key}", "name"), policy_arn=role.policy_arn
        )
        address(attachment, label, key)


class BackupPlanOfStack(Construct):
    """`aws_backup_plan.<label>` and everything that it needs, but what it saves.

    That is said by selections, one for each cluster, which stand with the cluster.
    """

    def __init__(self, scope: Construct, id_: str, *, label: str, plan: backup.BackupPlan) -> None:
        super().__init__(scope, id_)
        if plan.vault is not None:
            BackupVaultOfStack(self, "Vault", label=label, vault=plan.vault)
        BackupRoleOfStack(self, "Role", label=label, key="backup", role=plan.role)
        made = BackupPlan(
            self,
            "Default",
            name=plan.name,
            rule=[_rule(rule, plan.target_vault_name) for rule in plan.rules],
        )
        address(made, label)
        testing = plan.restore_testing
        if testing is not None:
            BackupRoleOfStack(self, "RestoreRole", label=label, key="restore", role=testing.role)
            tested = BackupRestoreTestingPlan(
                self,
                "RestoreTesting",
                name=testing.name,
                schedule_expression=testing.schedule_expression,
                schedule_expression_timezone=testing.schedule_expression_timezone,
                start_window_hours=testing.start_window_hours,
                recovery_point_selection=[
                    BackupRestoreTestingPlanRecoveryPointSelection(
                        algorithm=testing.algorithm,
                        include_vaults=[testing.vault_arn],
                        recovery_point_types=list(testing.recovery_point_types),
                        selection_window_days=testing.selection_window_days,
                    )
                ],
            )
            address(tested, label)


def _rule(rule: backup.Rule, vault: str) -> BackupPlanRule:
    return BackupPlanRule(
        rule_name=rule.rule_name,
        target_vault_name=vault,
        schedule=rule.schedule,
        schedule_expression_timezone=rule.schedule_expression_timezone,
        start_window=rule.start_window,
        completion_window=rule.completion_window,
        enable_continuous_backup=rule.enable_continuous_backup or None,
        lifecycle=BackupPlanRuleLifecycle(delete_after=rule.delete_after),
        copy_action=[
            BackupPlanRuleCopyAction(
                destination_vault_arn=copy.destination_vault_arn,
                lifecycle=BackupPlanRuleCopyActionLifecycle(delete_after=copy.delete_after),
            )
            for copy in rule.copies
        ]
        or None,
    )
