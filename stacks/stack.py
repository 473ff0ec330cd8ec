"""One Terraform stack per environment. This module and the constructs are all that know CDKTF."""

from auroraform.constructs.aurora_cluster import AuroraCluster
from auroraform.constructs.bindings import (
    CloudBackend,
    Construct,
    LocalBackend,
    NamedCloudWorkspace,
    S3Backend,
    TaggedCloudWorkspaces,
    TerraformStack,
)
from auroraform.constructs.literals import literals
from auroraform.constructs.lookup import DataSource
from auroraform.constructs.shared import SharedParts
from auroraform.stacks.backend import backend
from auroraform.stacks.provider import use_aws
from auroraform.stacks.resolve import ResolvedStack


class EnvironmentStack(TerraformStack):
    """The clusters of one environment, what they share, its provider and its state."""

    def __init__(self, scope: Construct, stack: ResolvedStack) -> None:
        super().__init__(scope, stack.name)
        environment = stack.environment
        self._keep_state(*backend(stack.name, environment))
        use_aws(self, environment, stack.default_tags, stack.required_version)
        for lookup in stack.lookups:
            DataSource(self, lookup=literals(lookup))
        SharedParts(self, "SharedParts", shared=literals(stack.shared))
        for cluster in stack.clusters:
            AuroraCluster(self, cluster.name, cluster=literals(cluster))

    def _keep_state(self, kind: str, arguments: dict[str, object]) -> None:
        if kind == "local":
            LocalBackend(self, path=str(arguments["path"]))
        elif kind == "s3":
            S3Backend(self, bucket=str(arguments["bucket"]), key=str(arguments["key"]))
            self.add_override("terraform.backend.s3", arguments)
        else:
            workspaces = arguments["workspaces"]
            assert isinstance(workspaces, dict)  # noqa: S101 - what `backend` gives
            CloudBackend(
                self,
                hostname=str(arguments["hostname"]),
                organization=str(arguments["organization"]),
                workspaces=TaggedCloudWorkspaces(workspaces["tags"])
                if "tags" in workspaces
                else NamedCloudWorkspace(workspaces["name"]),
            )
            # CDKTF knows no projects.
            if "project" in workspaces:
                self.add_override("terraform.cloud.workspaces.project", workspaces["project"])
