"""Which environments a cluster goes to, what it is called at AWS, and what it is tagged with."""

from typing import ClassVar

import pytest

from auroraform.stacks.resolve import ResolvedStack
from support.workspaces import Files, environment, lines, managed_group, manifest


def placed(stacks: tuple[ResolvedStack, ...]) -> dict[str, list[str]]:
    """The identifiers of the clusters of every stack."""
    return {stack.name: [cluster.cluster_identifier for cluster in stack.clusters] for stack in stacks}


class TestIdentifiers:
    @pytest.mark.parametrize(
        ("naming", "metadata", "spec", "expected"),
        [
            ("", "", "", "prod-orders"),
            ('naming: "{name}"', "", "", "orders"),
            ('naming: "acme-{name}-{environment}-db"', "", "", "acme-orders-prod-db"),
            ('naming: "{name}-{name}"', "", "", "orders-orders"),
            ('naming: "acme-{name}"', "id: shop-orders", "", "shop-orders"),
            ("", "id: shop-orders", "clusterIdentifier: legacy", "legacy"),
            ("", "", "clusterIdentifier: legacy", "legacy"),
        ],
    )
    def test_an_explicit_identifier_beats_an_id_and_that_beats_the_pattern(
        self, files: Files, naming: str, metadata: str, spec: str, expected: str
    ) -> None:
        found = files.cluster(
            environments__prod=environment(spec=naming), manifests__orders=manifest(spec, metadata=metadata)
        )
        assert found.cluster_identifier == expected
        assert found.name == "orders", "the label in addresses does not follow the identifier"

    def test_everything_of_a_cluster_is_named_after_it(self, files: Files) -> None:
        found = files.cluster(manifests__orders=manifest(metadata="id: shop"))
        assert found.subnet_group is not None
        assert found.parameter_group is not None
        assert [
            found.subnet_group.name,
            managed_group(found).name,
            found.parameter_group.name,
            found.final_snapshot.name,
            *(instance.identifier for instance in found.instances),
            *(group.name for group in found.log_groups),
        ] == [
            "shop",
            "aurora-shop",
            "shop-aurora-postgresql16",
            "shop",
            "shop-1",
            "shop-2",
            "/aws/rds/cluster/shop/postgresql",
        ]

    @pytest.mark.parametrize("skip", ["", "\nskipFinalSnapshot: true"])
    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            ("finalSnapshotIdentifier: last-words", "last-words"),
            ("", 'prod-orders-${formatdate("YYYYMMDDhhmmss", plantimestamp())}-final'),
        ],
    )
    def test_a_final_snapshot_always_has_a_name(self, files: Files, spec: str, expected: str, skip: str) -> None:
        # Also where it is skipped: who wants it later would find out only when the instances are gone.
        assert files.cluster(manifests__orders=manifest(spec + skip)).final_snapshot.identifier == expected

    def test_an_instance_identifier_may_have_63_characters_and_no_more(self, files: Files) -> None:
        fits, too_long = "x" * 56, "x" * 57
        (first, *_) = files.cluster(manifests__orders=manifest(name=fits)).instances
        assert len(first.identifier) == 63
        assert lines(files.problems(manifests__orders=manifest(name=too_long))) == [
            f"manifests/orders.yaml:4:9 error[AF102] metadata.name: in prod the instance identifier prod-{too_long}-1"
            " would have 64 characters; RDS takes 63 -> shorten the name, or set a shorter metadata.id"
        ]

    def test_the_longest_instance_number_counts(self, files: Files) -> None:
        text = manifest("instances: {count: 10}", name="x" * 56)
        assert [p.message for p in files.problems(manifests__orders=text)] == [
            f"in prod the instance identifier prod-{'x' * 56}-10 would have 64 characters; RDS takes 63"
        ]


class TestSharedIdentifiers:
    """RDS tells clusters apart by identifier within an account and Region."""

    SAME = 'naming: "{name}"'

    def test_one_identifier_in_one_account_and_region_is_refused(self, files: Files) -> None:
        assert lines(
            files.problems(
                environments__prod=environment(spec=self.SAME),
                environments__staging=environment("staging", "staging", spec=self.SAME),
            )
        ) == [
            "manifests/orders.yaml:4:9 error[AF204] metadata.name: orders in staging and orders in prod would both be"
            " the cluster orders of account 111122223333 in eu-west-1 -> tell them apart: with {environment} in"
            " spec.naming of the environments, or another metadata.id"
        ]

    def test_two_manifests_with_one_id_are_refused(self, files: Files) -> None:
        problems = files.problems(
            manifests__billing=manifest(name="billing", metadata="id: shop"),
            manifests__orders=manifest(metadata="id: shop"),
        )
        assert [(str(p.place), p.message) for p in problems] == [
            (
                "manifests/orders.yaml:4:9",
                "orders in prod and billing in prod would both be the cluster shop of account 111122223333 in"
                " eu-west-1",
            )
        ]

    @pytest.mark.parametrize(
        ("old", "new"), [("eu-west-1", "eu-west-2"), ("111122223333", "444455556666"), ("{name}", "{name}-2")]
    )
    def test_another_region_account_or_name_keeps_them_apart(self, files: Files, old: str, new: str) -> None:
        other = environment("staging", "staging", spec=self.SAME)
        assert old in other
        assert (
            lines(
                files.problems(
                    environments__prod=environment(spec=self.SAME), environments__staging=other.replace(old, new)
                )
            )
            == []
        )


class TestTargets:
    OTHERS: ClassVar = {
        "environments__dev": environment("dev", "development"),
        "environments__staging": environment("staging", "staging"),
    }

    @pytest.mark.parametrize(
        ("metadata", "expected"),
        [
            ("", ["dev", "prod", "staging"]),
            ("env: prod", ["prod"]),
            ('annotations: {auroraform/environments: "dev,  staging"}', ["dev", "staging"]),
            ("annotations: {auroraform/environments: prod}", ["prod"]),
            ("annotations: {example.com/environments: prod}", ["dev", "prod", "staging"]),
        ],
    )
    def test_a_manifest_goes_everywhere_or_where_it_says(
        self, files: Files, metadata: str, expected: list[str]
    ) -> None:
        outcome = files.outcome(manifests__orders=manifest(metadata=metadata), **self.OTHERS)
        assert lines(outcome.problems) == []
        assert placed(outcome.stacks) == {
            name: [f"{name}-orders"] if name in expected else [] for name in ("dev", "prod", "staging")
        }

    @pytest.mark.parametrize(
        ("metadata", "expected"),
        [
            (
                "env: prd",
                '5:8 error[AF203] metadata.env: there is no environment "prd" -> did you mean prod?',
            ),
            (
                "env: xyz",
                '5:8 error[AF203] metadata.env: there is no environment "xyz"'
                " -> the environments are dev, prod, staging",
            ),
            (
                'annotations: {auroraform/environments: "prod, stagng"}',
                '5:42 error[AF203] metadata.annotations.auroraform/environments: there is no environment "stagng"'
                " -> did you mean staging?",
            ),
            (
                "env: prod\nannotations: {auroraform/environments: prod}",
                "6:42 error[AF105] metadata.annotations.auroraform/environments: metadata.env and the annotation"
                " auroraform/environments both say where the cluster goes -> keep one of the two",
            ),
        ],
    )
    def test_an_environment_that_cannot_be_meant_is_refused(self, files: Files, metadata: str, expected: str) -> None:
        problems = files.problems(manifests__orders=manifest(metadata=metadata), **self.OTHERS)
        assert lines(problems) == [f"manifests/orders.yaml:{expected}"]

    def test_a_wrong_name_does_not_hide_the_other_faults_of_the_manifest(self, files: Files) -> None:
        problems = files.problems(manifests__orders=manifest("username: admin", metadata="env: prd"))
        assert [problem.path for problem in problems] == ["metadata.env", "spec.username"]

    def test_an_environment_with_a_fault_of_its_own_is_no_unknown_one(self, files: Files) -> None:
        problems = files.problems(
            manifests__orders=manifest(metadata="env: prod"), environments__prod=environment(spec="clas: x")
        )
        assert [problem.path for problem in problems] == ["spec.clas"]

    def test_stacks_and_clusters_come_in_the_order_of_their_names(self, files: Files) -> None:
        outcome = files.outcome(manifests__zebra=manifest(name="ant"), **self.OTHERS)
        assert placed(outcome.stacks) == {
            name: [f"{name}-ant", f"{name}-orders"] for name in ("dev", "prod", "staging")
        }
        assert [stack.name for stack in outcome.stacks] == ["dev", "prod", "staging"]


class TestTags:
    @pytest.mark.parametrize(
        ("metadata", "expected"),
        [
            ("", {"cluster": "prod-orders", "manifest": "orders"}),
            ("org: acme", {"cluster": "prod-orders", "manifest": "orders", "organization": "acme"}),
            (
                "org: acme\nlabels: {team: checkout, cost-center: '4711'}",
                {
                    "cluster": "prod-orders",
                    "cost-center": "4711",
                    "manifest": "orders",
                    "organization": "acme",
                    "team": "checkout",
                },
            ),
            (
                "labels: {cluster: w, manifest: x, organization: z}",
                {"cluster": "prod-orders", "manifest": "orders", "organization": "z"},
            ),
            ("annotations: {team: x}\ntags: [a]\ngroup: g", {"cluster": "prod-orders", "manifest": "orders"}),
        ],
    )
    def test_a_clusters_tags_are_its_labels_its_names_and_its_organization(
        self, files: Files, metadata: str, expected: dict[str, str]
    ) -> None:
        found = files.cluster(manifests__orders=manifest(metadata=metadata)).tags
        assert list(found.items()) == list(expected.items())

    def test_a_stacks_tags_are_those_of_its_environment_and_who_wrote_it(self, files: Files) -> None:
        text = environment(spec="tags: {team: platform, environment: x, managed-by: hand}")
        (stack,) = files.outcome(environments__prod=text).stacks
        assert stack.default_tags == {"team": "platform", "environment": "prod", "managed-by": "auroraform"}
