"""Backups of a cluster beside the automated ones."""

from typing import Final

from auroraform.constructs.bindings import (
    BackupRestoreTestingSelection,
    BackupSelection,
    Construct,
    DbClusterSnapshot,
    DbClusterSnapshotTimeouts,
    IamRole,
    IamRolePolicy,
    ITerraformDependable,
    Postcondition,
    RdsExportTask,
    RdsExportTaskTimeouts,
    TerraformResourceLifecycle,
)
from auroraform.constructs.naming import address, reference
from auroraform.constructs.policy_documents import allow, document
from auroraform.schemas.resolved import backups

_TRUST: Final = document(
    {"Effect": "Allow", "Principal": {"Service": "export.rds.amazonaws.com"}, "Action": "sts:AssumeRole"}
)
_CAUSE: Final = '${self.failure_cause == null ? "" : self.failure_cause}'
_FAILED: Final = f"The export is ${{self.status}}. {_CAUSE} Take another key for the next try."


class ClusterSnapshots(Construct):
    """`aws_db_cluster_snapshot.<label>_<key>`.

    Attributes:
        resources: what the cluster waits for, where snapshots are taken before it changes.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        label: str,
        cluster_identifier: str,
        snapshots: tuple[backups.Snapshot, ...],
        are_first: bool,
        prevent_destroy: bool,
        tags: dict[str, str],
    ) -> None:
        super().__init__(scope, id_)
        # A reference makes a snapshot wait for the cluster, and for whatever changes it. A name does not.
        cluster = cluster_identifier if are_first else reference("aws_rds_cluster", label, "cluster_identifier")
        made: list[ITerraformDependable] = []
        for snapshot in snapshots:
            resource = DbClusterSnapshot(
                self,
                snapshot.key,
                db_cluster_identifier=cluster,
                db_cluster_snapshot_identifier=snapshot.identifier,
                shared_accounts=list(snapshot.shared_accounts) or None,
                tags=tags,
                timeouts=DbClusterSnapshotTimeouts(create=snapshot.create_timeout),
                lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if prevent_destroy else None,
            )
            address(resource, label, snapshot.key)
            made.append(resource)
        self.resources = made if are_first else []


class ClusterPlannedBackups(Construct):
    """`aws_backup_selection.<label>` and `aws_backup_restore_testing_selection.<label>`."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        label: str,
        selection: backups.BackupSelection,
        test: backups.RestoreTest | None,
    ) -> None:
        super().__init__(scope, id_)
        arn = reference("aws_rds_cluster", label, "arn")
        selected = BackupSelection(
            self,
            "Selection",
            name=selection.name,
            plan_id=selection.plan_id,
            iam_role_arn=selection.role_arn,
            resources=[arn],
        )
        address(selected, label)
        if test is not None:
            tested = BackupRestoreTestingSelection(
                self,
                "RestoreTest",
                name=test.name,
                restore_testing_plan_name=test.plan_name,
                iam_role_arn=test.role_arn,
                protected_resource_type="Aurora",
                protected_resource_arns=[arn],
                # Without it AWS restores into the default VPC, which careful accounts do not have.
                restore_metadata_overrides={
                    "dbSubnetGroupName": test.db_subnet_group_name or reference("aws_db_subnet_group", label, "name")
                },
                validation_window_hours=test.validation_window_hours,
            )
            address(tested, label)


class ClusterExports(Construct):
    """`aws_rds_export_task.<label>_<key>`; `aws_iam_role` and `aws_iam_role_policy.<label>_export_<key>`."""

    def __init__(
        self, scope: Construct, id_: str, *, label: str, exports: tuple[backups.Export, ...], tags: dict[str, str]
    ) -> None:
        super().__init__(scope, id_)
        for export in exports:
            role, policy = export.role, None
            if isinstance(role, backups.ExportRole):
                policy = self._make(label, export.key, role, tags)
                role = reference("aws_iam_role", f"{label}_export_{export.key}", "arn")
            task = RdsExportTask(
                self,
                export.key,
                export_task_identifier=export.identifier,
                source_arn=export.source_arn,
                s3_bucket_name=export.s3_bucket_name,
                s3_prefix=export.s3_prefix,
                kms_key_id=export.kms_key_id,
                iam_role_arn=role,
                export_only=list(export.export_only) or None,
                depends_on=[policy] if policy is not None else None,
                # What Terraform gives up on is cancelled by the next apply, and RDS takes no identifier twice.
                timeouts=RdsExportTaskTimeouts(create="24h"),
                lifecycle=TerraformResourceLifecycle(
                    # It is done once: another bucket or key would ask for it again, under an identifier that is taken.
                    ignore_changes="all",
                    postcondition=[
                        # The provider is content with an end of any kind.
                        Postcondition(
                            condition='${self.status == "COMPLETE"}',
                            error_message=_FAILED,
                        )
                    ],
                ),
            )
            address(task, label, export.key)

    def _make(self, label: str, key: str, role: backups.ExportRole, tags: dict[str, str]) -> ITerraformDependable:
        """Make a role with its policy, and return what makes it good for use."""
        key = f"export_{key}"
        made = IamRole(
            self,
            f"{key}Role",
            name=role.name,
            path=role.path,
            permissions_boundary=role.permissions_boundary,
            description=f"Exports a snapshot of the Aurora cluster {label}",
            assume_role_policy=_TRUST,
            tags=tags,
        )
        address(made, label, key)
        policy = IamRolePolicy(
            self,
            f"{key}Policy",
            name="export",
            role=reference("aws_iam_role", f"{label}_{key}", "name"),
            policy=document(*(allow(statement.actions, statement.resources) for statement in role.statements)),
        )
        address(policy, label, key)
        return policy
