"""A workspace is read whole: what is missing, misnamed or doubled in it is told with its place."""

import json
from pathlib import Path
from typing import Final

import pytest

from auroraform.stacks.synth import validate
from auroraform.stacks.workspace import load
from support.workspaces import Files, environment, lines, manifest

STATE: Final = "{backend: s3, bucket: acme-state, dynamodbTable: locks}"
KINDS: Final = (
    "write one of a cluster: apiVersion aws.project-planton.org/v1, kind AwsRdsCluster;"
    " an environment: apiVersion auroraform/v1, kind Environment"
)


def test_a_whole_workspace_has_no_problems(files: Files) -> None:
    workspace = load(files.minimal())
    assert lines(tuple(workspace.problems)) == []
    assert [(c.name, c.file) for c in workspace.clusters] == [("orders", "manifests/orders.yaml")]
    assert [e.name for e in workspace.environments] == ["prod"]


def test_a_missing_folder_is_told_with_the_ways_to_name_one(tmp_path: Path) -> None:
    (problem,) = validate(tmp_path / "nowhere").problems
    assert (problem.code, problem.path) == ("AF206", "")
    assert problem.help == (
        "name the workspace with -C, AURORAFORM_WORKSPACE, or the context key `workspace` in cdktf.json"
    )


def test_an_empty_folder_lacks_both_kinds_of_files(files: Files) -> None:
    files.root.mkdir()
    assert lines(validate(files.root).problems) == [
        "environments error[AF202] : the workspace has no environment"
        " -> write a file such as environments/dev.yaml with kind: Environment",
        "manifests error[AF201] : the workspace has no manifest"
        " -> write a file such as manifests/orders.yaml with kind: AwsRdsCluster",
    ]


def test_a_broken_manifest_is_not_taken_for_a_missing_one(files: Files) -> None:
    assert [p.code for p in files.problems(manifests__orders=manifest("prot: 1"))] == ["AF100"]


class TestFiles:
    def test_folders_endings_and_documents_do_not_matter(self, files: Files) -> None:
        root = files.minimal(
            manifests__team__a=f"{manifest(name='a')}---\n{manifest(name='b')}",
            manifests__dev=environment("dev", "development"),
            environments__c=manifest(name="c"),
        )
        as_json = {
            "apiVersion": "aws.project-planton.org/v1",
            "kind": "AwsRdsCluster",
            "metadata": {"name": "d"},
            "spec": {"engine": "aurora-postgresql", "engineVersion": "16.8"},
        }
        (root / "manifests/team/d.json").write_text(json.dumps(as_json, indent=2), encoding="utf-8")
        (root / "manifests/team/e.yml").write_text(manifest(name="e"), encoding="utf-8")
        workspace = load(root)
        assert lines(tuple(workspace.problems)) == []
        assert {cluster.name: cluster.file for cluster in workspace.clusters} == {
            "a": "manifests/team/a.yaml",
            "b": "manifests/team/a.yaml",
            "c": "environments/c.yaml",
            "d": "manifests/team/d.json",
            "e": "manifests/team/e.yml",
            "orders": "manifests/orders.yaml",
        }
        assert {e.name for e in workspace.environments} == {"dev", "prod"}

    def test_other_files_are_left_alone(self, files: Files) -> None:
        root = files.minimal(docs__notes="kind: [", manifests__folder__x=manifest(name="x"))
        (root / "manifests/README.md").write_text("kind: [", encoding="utf-8")
        (root / "manifests/folder.yaml").mkdir()
        (root / "manifests/broken.yaml").symlink_to("nowhere.yaml")
        (root / "manifests/loop").symlink_to(".")
        workspace = load(root)
        assert lines(tuple(workspace.problems)) == []
        assert [cluster.name for cluster in workspace.clusters] == ["x", "orders"]

    def test_a_file_that_is_not_read_is_a_problem_and_hides_no_other(self, files: Files) -> None:
        root = files.minimal(manifests__zzz=manifest("prot: 1", name="z"))
        (root / "manifests/a.yaml").write_bytes(b"a" * 1_000_001)
        assert [f"{p.place} {p.code}" for p in validate(root).problems] == [
            "manifests/a.yaml AF005",
            "manifests/zzz.yaml:8:3 AF100",
        ]


class TestKinds:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "kind: AwsRdsClster",
                'x.yaml:1:7 error[AF008] kind: "AwsRdsClster" is not a kind of document that is read here'
                " -> did you mean AwsRdsCluster?",
            ),
            (
                "kind: environment",
                'x.yaml:1:7 error[AF008] kind: "environment" is not a kind of document that is read here'
                " -> did you mean Environment?",
            ),
            (
                "kind: AwsRDSCluster",
                'x.yaml:1:7 error[AF008] kind: "AwsRDSCluster" is not a kind of document that is read here'
                " -> did you mean AwsRdsCluster?",
            ),
            (
                "kind: AwsRdsInstance",
                'x.yaml:1:7 error[AF008] kind: "AwsRdsInstance" is another kind of Project Planton, which is for RDS'
                " instances outside a cluster; here are Aurora clusters only -> move it out of the workspace's folders,"
                " or, for an Aurora cluster, write kind: AwsRdsCluster",
            ),
            (
                "kind: GcpCloudSql\napiVersion: gcp.project-planton.org/v1",
                'x.yaml:1:7 error[AF008] kind: "GcpCloudSql" is another kind of Project Planton; here are Aurora'
                " clusters only -> move it out of the workspace's folders, or, for an Aurora cluster, write kind:"
                " AwsRdsCluster",
            ),
            (
                "kind: AwsRdsClster\napiVersion: aws.project-planton.org/v1",
                'x.yaml:1:7 error[AF008] kind: "AwsRdsClster" is not a kind of document that is read here'
                " -> did you mean AwsRdsCluster?",
            ),
            (
                "kind: Ingress",
                f'x.yaml:1:7 error[AF008] kind: "Ingress" is not a kind of document that is read here -> {KINDS}',
            ),
            ("a: b", f"x.yaml:1:1 error[AF008] kind: the document does not say its kind -> {KINDS}"),
            ("kind:", f"x.yaml:1:6 error[AF008] kind: the document does not say its kind -> {KINDS}"),
        ],
    )
    def test_an_unknown_kind_is_told_what_was_meant(self, files: Files, text: str, expected: str) -> None:
        assert lines(files.problems(manifests__x=text)) == [f"manifests/{expected}"]


class TestNames:
    def test_two_manifests_of_one_name_are_refused(self, files: Files) -> None:
        assert lines(files.problems(manifests__zzz=manifest())) == [
            'manifests/zzz.yaml:4:9 error[AF204] metadata.name: a second cluster is called "orders" (the first stands'
            " in manifests/orders.yaml:4:9) -> give one of them another name; environments change a cluster through"
            " `overrides`"
        ]

    def test_two_documents_of_one_file_are_told_apart_by_line(self, files: Files) -> None:
        (problem,) = files.problems(manifests__orders=f"{manifest()}---\n{manifest()}")
        assert str(problem.place) == "manifests/orders.yaml:12:9"

    def test_two_environments_of_one_name_are_refused(self, files: Files) -> None:
        assert lines(files.problems(environments__zzz=environment())) == [
            'environments/zzz.yaml:4:9 error[AF204] metadata.name: a second environment is called "prod" (the first'
            " stands in environments/prod.yaml:4:9) -> give one of them another name; environments change a cluster"
            " through `overrides`"
        ]

    @pytest.mark.parametrize(
        ("name", "help_"), [("ordres", "did you mean orders?"), ("zzz", "the manifests are billing, orders")]
    )
    def test_an_override_for_a_stranger_is_refused(self, files: Files, name: str, help_: str) -> None:
        assert lines(
            files.problems(
                manifests__billing=manifest(name="billing"),
                environments__prod=environment(spec=f"overrides: {{{name}: {{port: 5433}}, orders: {{port: 5433}}}}"),
            )
        ) == [
            f"environments/prod.yaml:14:15 error[AF205] spec.overrides.{name}: there is no manifest of the name"
            f' "{name}" -> {help_}'
        ]

    def test_an_override_for_a_broken_manifest_is_no_fault_of_the_environment(self, files: Files) -> None:
        problems = files.problems(
            manifests__orders=manifest(metadata="note: 1"),
            environments__prod=environment(spec="overrides: {orders: {port: 5433}}"),
        )
        assert [p.path for p in problems] == ["metadata.note"]


class TestTags:
    """Tags of manifests and environments are held to what AWS takes, each at its place."""

    ODD = "-> use letters, digits, spaces and +-./:=@_"

    def test_of_a_manifest(self, files: Files) -> None:
        text = manifest(metadata=f'org: "a*"\nlabels: {{aws:team: x, Ünï cödé: "1 / 2", long: {"x" * 257}, "a,b": x}}')
        assert lines(files.problems(manifests__orders=text)) == [
            f"manifests/orders.yaml:5:8 warning[AF112] metadata.org: RDS refuses tags with '*' {self.ODD}",
            'manifests/orders.yaml:6:12 error[AF102] metadata.labels.aws:team: names of tags that begin with "aws:"'
            " belong to AWS -> take another name",
            "manifests/orders.yaml:6:50 error[AF102] metadata.labels.long: a tag of 257 characters is refused by AWS"
            " -> use at most 256",
            f"manifests/orders.yaml:6:309 warning[AF112] metadata.labels.a,b: RDS refuses tags with ',' {self.ODD}",
        ]

    def test_of_an_environment(self, files: Files) -> None:
        text = environment(spec=f'tags: {{"": x, {"k" * 129}: "a\\tb<>", {"k" * 128}: {"v" * 256}}}')
        assert lines(files.problems(environments__prod=text)) == [
            "environments/prod.yaml:14:10 error[AF102] spec.tags.: the name of a tag with 0 characters is refused by"
            " AWS -> use 1 to 128",
            f"environments/prod.yaml:14:17 error[AF102] spec.tags.{'k' * 129}: the name of a tag with 129 characters is"
            " refused by AWS -> use 1 to 128",
            f"environments/prod.yaml:14:148 warning[AF112] spec.tags.{'k' * 129}: RDS refuses tags with '\\t' '<' '>'"
            f" {self.ODD}",
        ]

    def test_a_warning_keeps_no_cluster_back(self, files: Files) -> None:
        outcome = files.outcome(manifests__orders=manifest(metadata='labels: {note: "${file(1)}"}'))
        assert [(p.code, p.is_error) for p in outcome.problems] == [("AF112", False)]
        assert [cluster.tags["note"] for stack in outcome.stacks for cluster in stack.clusters] == ["${file(1)}"]


class TestState:
    def test_local_state_is_refused_in_production(self, files: Files) -> None:
        assert lines(files.problems(environments__prod=environment().replace(STATE, "{backend: local}"))) == [
            "environments/prod.yaml:9:3 error[AF109] spec.state: state in a local file is lost with a laptop, and"
            " nothing locks it; class production does not allow it"
            " -> write backend: s3 with a bucket, its region and a dynamodbTable"
        ]

    @pytest.mark.parametrize("class_", ["development", "staging"])
    def test_local_state_is_fine_elsewhere(self, files: Files, class_: str) -> None:
        text = environment(class_=class_).replace(STATE, "{backend: local}")
        assert lines(files.problems(environments__prod=text)) == []

    @pytest.mark.parametrize("class_", ["development", "staging", "production"])
    def test_state_in_s3_without_a_lock_is_refused_everywhere(self, files: Files, class_: str) -> None:
        text = environment(class_=class_).replace(STATE, "{backend: s3, bucket: acme-state}")
        assert lines(files.problems(environments__prod=text)) == [
            "environments/prod.yaml:9:3 error[AF101] spec.state.dynamodbTable: is missing: without a lock two applies"
            " at once corrupt the state -> name a DynamoDB table, or set useLockfile: true"
            " (Terraform and OpenTofu 1.10 or newer)"
        ]

    @pytest.mark.parametrize("lock", ["useLockfile: true", "dynamodbTable: locks, useLockfile: true"])
    def test_a_lock_file_will_do(self, files: Files, lock: str) -> None:
        text = environment().replace(STATE, f"{{backend: s3, bucket: acme-state, {lock}}}")
        assert lines(files.problems(environments__prod=text)) == []


def test_an_unquoted_version_is_kept_and_warned_about_wherever_it_stands(files: Files) -> None:
    outcome = files.outcome(
        manifests__orders=manifest().replace('"16.8"', "14.10"),
        manifests__billing=manifest(name="billing"),
        environments__prod=environment(
            spec="defaults: {engineVersion: 15.10}\noverrides: {billing: {engineVersion: 16.10}}"
        ),
    )
    assert lines(outcome.problems) == [
        f"{place} warning[AF108] {path}.engineVersion: read here as the text {text}; other tools read the number"
        f' {number} -> put it in quotes: "{text}"'
        for place, path, text, number in [
            ("environments/prod.yaml:14:29", "spec.defaults", "15.10", "15.1"),
            ("environments/prod.yaml:15:40", "spec.overrides.billing", "16.10", "16.1"),
            ("manifests/orders.yaml:7:18", "spec", "14.10", "14.1"),
        ]
    ]
    assert {c.name: c.engine_version for c in outcome.stacks[0].clusters} == {"billing": "16.10", "orders": "14.10"}


def test_an_annotation_under_our_prefix_must_mean_something(files: Files) -> None:
    text = manifest(metadata="annotations: {auroraform/enviroments: prod, example.com/enviroments: x}")
    assert lines(files.problems(manifests__orders=text)) == [
        "manifests/orders.yaml:5:17 error[AF100] metadata.annotations.auroraform/enviroments: is not an annotation that"
        " means something here -> the annotations of auroraform are auroraform/business-hours, auroraform/compliance,"
        " auroraform/criticality, auroraform/environments, auroraform/size-reason, auroraform/waive"
    ]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (
            "defaults: {prot: 5433}",
            "14:14 error[AF100] spec.defaults.prot: is not a field -> did you mean port?",
        ),
        (
            "overrides: {orders: {instances: {cuont: 2}}}",
            "14:36 error[AF100] spec.overrides.orders.instances.cuont: is not a field -> did you mean count?",
        ),
        (
            "defaults: {port: 80}",
            '14:20 error[AF102] spec.defaults.port: "80" is out of bounds -> write a number from 1150 to 65535',
        ),
    ],
)
def test_the_parts_of_specs_in_an_environment_are_held_against_the_model(
    files: Files, spec: str, expected: str
) -> None:
    assert lines(files.problems(environments__prod=environment(spec=spec))) == [f"environments/prod.yaml:{expected}"]


def test_part_of_a_spec_may_lack_what_another_layer_has(files: Files) -> None:
    text = environment(spec="defaults: {serverlessV2Scaling: {maxCapacity: 8}}")
    assert (
        lines(
            files.problems(
                environments__prod=text, manifests__orders=manifest("serverlessV2Scaling: {minCapacity: 0.5}")
            )
        )
        == []
    )


def test_all_problems_of_all_files_are_told_in_one_run_sorted_and_each_once(files: Files) -> None:
    problems = files.problems(
        environments__prod=environment(spec="defaults: {prot: 1}"),
        environments__staging=environment("staging", "staging"),
        environments__dev=environment("dev", "development"),
        manifests__a="a: [",
        manifests__b=manifest("username: admin\nsubnetIds: [subnet-a]", name="b"),
        manifests__orders=manifest("prot: 1\nport: x"),
        manifests__z="",
    )
    assert [f"{p.place} {p.code} {p.path}" for p in problems] == [
        "environments/prod.yaml:14:14 AF100 spec.defaults.prot",
        "manifests/a.yaml:2:1 AF002 ",
        "manifests/b.yaml:8:13 AF102 spec.username",
        "manifests/b.yaml:9:14 AF106 spec.subnetIds",
        "manifests/orders.yaml:8:3 AF100 spec.prot",
        "manifests/orders.yaml:9:9 AF103 spec.port",
        "manifests/z.yaml AF006 ",
    ]


def test_everything_that_is_missing_at_one_place_is_told(files: Files) -> None:
    text = environment().replace('  region: eu-west-1\n  accountId: "111122223333"\n', "")
    assert [p.path for p in files.problems(environments__prod=text)] == ["spec.accountId", "spec.region"]


class TestWantedEnvironments:
    def test_only_the_wanted_stacks_come_back(self, files: Files) -> None:
        files.minimal(environments__dev=environment("dev", "development"))
        assert [stack.name for stack in validate(files.root, ["dev"]).stacks] == ["dev"]
        assert [stack.name for stack in validate(files.root).stacks] == ["dev", "prod"]

    @pytest.mark.parametrize(
        ("name", "help_"), [("prd", "did you mean prod?"), ("xyz", "the environments are dev, prod")]
    )
    def test_a_wanted_environment_must_exist(self, files: Files, name: str, help_: str) -> None:
        files.minimal(environments__dev=environment("dev", "development"))
        assert lines(validate(files.root, [name]).problems) == [
            f'environments error[AF203] : there is no environment "{name}" -> {help_}'
        ]

    def test_the_faults_of_the_others_are_still_told(self, files: Files) -> None:
        files.minimal(environments__dev=environment("dev", "development", spec="defaults: {prot: 1}"))
        assert [p.path for p in validate(files.root, ["prod"]).problems] == ["spec.defaults.prot"]

    def test_an_environment_with_a_stack_per_cluster_can_be_wanted(self, files: Files) -> None:
        files.minimal(environments__prod=environment(spec="stackPer: cluster"))
        assert [stack.name for stack in validate(files.root, ["prod"]).stacks] == ["prod-orders"]
