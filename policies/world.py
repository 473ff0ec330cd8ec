"""Everything of a workspace that rules look at."""

import json
from collections.abc import Mapping

from auroraform.policies.subjects import ClusterSubject, EnvironmentSubject, Frame, StackSubject
from auroraform.schemas.shape import check
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.stacks.cluster import merge_layers
from auroraform.stacks.layout import stack_path
from auroraform.stacks.synth import Outcome


class World:
    """The subjects of all rules.

    Attributes:
        environments: those that were asked for, by name.
        clusters: every cluster of those, once for each environment.
        stacks: what is synthesized for those; nothing where nothing was.
    """

    def __init__(self, outcome: Outcome, files: Mapping[str, str], frame: Frame) -> None:
        """Look at a workspace that is without errors, and at what was rendered for it."""
        workspace = outcome.workspace
        written = {cluster.name: cluster for cluster in workspace.clusters}
        names: dict[str, list[str]] = {}
        for stack in outcome.stacks:
            names.setdefault(stack.environment_name, []).append(stack.name)
        self.environments: dict[str, EnvironmentSubject] = {
            environment.name: EnvironmentSubject(
                frame,
                environment,
                tuple(names[environment.name]),
                tuple(other for other in workspace.environments if other is not environment),
            )
            for environment in workspace.environments
            if environment.name in names
        }
        self.clusters: list[ClusterSubject] = []
        self.stacks: list[StackSubject] = []
        for stack in outcome.stacks:
            environment = self.environments[stack.environment_name]
            members: dict[str, ClusterSubject] = {}
            for cluster in stack.clusters:
                merged = merge_layers(written[cluster.name], environment.written)
                spec, _ = check(AwsRdsClusterSpec, merged.tree)
                assert spec is not None  # noqa: S101 - it was resolved already
                members[cluster.name] = ClusterSubject(frame, environment, written[cluster.name], spec, cluster, merged)
            self.clusters += members.values()
            if (path := stack_path(stack.name)) in files:
                document = json.loads(files[path])
                self.stacks.append(StackSubject(frame, environment, stack.name, document, members))
