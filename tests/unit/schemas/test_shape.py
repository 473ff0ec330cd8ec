"""A tree held against a model: each kind of fault with its place, its path and a way out."""

from typing import Final

import pytest

from auroraform.schemas.located import Mapping, read
from auroraform.schemas.manifest import AwsRdsCluster
from auroraform.schemas.shape import check, place_of, show, suggest
from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from support.workspaces import MANIFEST, lines, manifest

FILE: Final = "f.yaml"


def tree(text: str) -> Mapping:
    result = read(text.encode(), FILE)
    assert lines(result.problems) == []
    (document,) = result.documents
    return document


def faults(text: str) -> list[str]:
    """What is wrong with a manifest; there is a model exactly where nothing is."""
    model, problems = check(AwsRdsCluster, tree(text))
    assert (model is None) == bool(problems)
    return lines(tuple(problems))


_SPEC_FIELDS: Final = ", ".join(sorted(str(field.alias) for field in AwsRdsClusterSpec.model_fields.values()))
_DEPENDS: Final = "YAML reads this as text, a number or a boolean, depending on the tool"
_INTEGER: Final = "write a decimal number, without quotes"
_FLAG: Final = "write true or false, without quotes"
_MAPPING: Final = "write a mapping of fields here"
_ENGINES: Final = "Allowed: aurora-mysql or aurora-postgresql"


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        # Unknown fields.
        ("prot: 5432", "8:3 error[AF100] spec.prot: is not a field -> did you mean port?"),
        (
            "backup_retention_period: 3",
            "8:3 error[AF100] spec.backup_retention_period: is not a field -> did you mean backupRetentionPeriod?",
        ),
        ("ENGINE_MODE: x", "8:3 error[AF100] spec.ENGINE_MODE: is not a field -> did you mean engineMode?"),
        ("xyzzy: 1", f"8:3 error[AF100] spec.xyzzy: is not a field -> the fields here are {_SPEC_FIELDS}"),
        (
            "instances: {instance_class: db.r6g.large}",
            "8:15 error[AF100] spec.instances.instance_class: is not a field -> did you mean instanceClass?",
        ),
        (
            "instances: {xyzzy: 2}",
            "8:15 error[AF100] spec.instances.xyzzy: is not a field -> the fields here are caCertificateIdentifier,"
            " count, dbParameterGroupName, instanceClass, members, publiclyAccessible, rolling",
        ),
        (
            "instances: {members: {a: {promotionTeir: 1}}}",
            "8:29 error[AF100] spec.instances.members.a.promotionTeir: is not a field -> did you mean promotionTier?",
        ),
        (
            "instances: {members: {count: {count: 1}}}",
            "8:33 error[AF100] spec.instances.members.count.count: is not a field -> the fields here are"
            " availabilityZone, caCertificateIdentifier, dbParameterGroupName, instanceClass,"
            " preferredMaintenanceWindow, promotionTier, publiclyAccessible",
        ),
        (
            "endpoints: {type: {type: ANY, membres: x}}",
            "8:33 error[AF100] spec.endpoints.type.membres: is not a field -> did you mean members?",
        ),
        (
            "readerAutoscaling: {maxCapacity: 3, schedules: {a: {schedule: rate(1 day), minimum: 3}}}",
            "8:78 error[AF100] spec.readerAutoscaling.schedules.a.minimum: is not a field"
            " -> the fields here are endTime, maxCapacity, minCapacity, schedule, startTime, timezone",
        ),
        (
            "endpoints: {Reports: {type: ANY}}",
            '8:15 error[AF102] spec.endpoints.Reports: "Reports" is not a name that AWS and Terraform take'
            " -> use lower-case letters, digits and single hyphens, a letter first, no hyphen at the end",
        ),
        (
            "endpoints: {reports: ANY}",
            '8:24 error[AF103] spec.endpoints.reports: must be a mapping of fields, but this is the text "ANY"'
            f" -> {_MAPPING}",
        ),
        (
            "instances: {numberOf: 2}",
            "8:15 error[AF100] spec.instances.numberOf: is not a field -> did you mean members?",
        ),
        (
            'parameters: [{name: a, value: "1"}, {name: b, valeu: c, value: d}]',
            "8:49 error[AF100] spec.parameters[1].valeu: is not a field -> did you mean value?",
        ),
        (
            "vpcId: {valueFrom: {name: other, field_path: x}}",
            "8:36 error[AF100] spec.vpcId.valueFrom.field_path: is not a field -> did you mean fieldPath?",
        ),
        # Missing fields.
        (
            "serverlessV2Scaling: {minCapacity: 1}",
            "8:3 error[AF101] spec.serverlessV2Scaling.maxCapacity: is missing"
            " -> add it: Highest capacity, 1 to 256 in steps of 0.5; more than 128 on versions that can.",
        ),
        (
            'parameters: [{name: a, value: "1"}, {name: b}]',
            '8:39 error[AF101] spec.parameters[1].value: is missing -> add it: Value, always text: `"1"`.',
        ),
        (
            "subnetIds: [subnet-a, {valueFrom: {}}]",
            "8:26 error[AF101] spec.subnetIds[1].valueFrom.name: is missing"
            " -> add it: The `metadata.name` of the other manifest.",
        ),
        ("kmsKeyId: {}", "8:3 error[AF101] spec.kmsKeyId.valueFrom: is missing -> add it: Where it stands."),
        # Keys.
        (
            "instances: {members: {B_1: {}, c: {}}}",
            '8:25 error[AF102] spec.instances.members.B_1: "B_1" is not the key of an instance'
            " -> use 1 to 15 lower-case letters and digits",
        ),
        (
            "instances: {members: {'[key]': {}}}",
            '8:25 error[AF102] spec.instances.members.[key]: "[key]" is not the key of an instance'
            " -> use 1 to 15 lower-case letters and digits",
        ),
        (
            "instances: {members: {c: {promotionTier: 16}}}",
            '8:44 error[AF102] spec.instances.members.c.promotionTier: "16" is out of bounds'
            " -> write a number from 0 to 15",
        ),
        # Numbers.
        (
            "port: abc",
            f'8:9 error[AF103] spec.port: must be a whole number, but this is the text "abc" -> {_INTEGER}',
        ),
        (
            'port: "5432"',
            f'8:9 error[AF103] spec.port: must be a whole number, but this is the text "5432" -> {_INTEGER}',
        ),
        (
            "port: 5432.5",
            "8:9 error[AF103] spec.port: must be a whole number, but YAML reads this as the number 5432.5"
            f" -> {_INTEGER}",
        ),
        ("port: 07777", f"8:9 error[AF103] spec.port: must be a whole number, but {_DEPENDS} -> {_INTEGER}"),
        ("port: 12:30", f"8:9 error[AF103] spec.port: must be a whole number, but {_DEPENDS} -> {_INTEGER}"),
        *(
            (
                f"serverlessV2Scaling: {{minCapacity: {number}, maxCapacity: 2}}",
                f"8:38 error[AF103] spec.serverlessV2Scaling.minCapacity: must be a number, but {_DEPENDS}"
                f" -> {_INTEGER}",
            )
            for number in (".nan", ".inf", "-.INF", "0x10", "1_0")
        ),
        (
            "serverlessV2Scaling: {minCapacity: 0, maxCapacity: 1e999}",
            '8:54 error[AF102] spec.serverlessV2Scaling.maxCapacity: "1e999" is out of bounds'
            " -> write a number from 0.0 to 256.0 ACUs",
        ),
        ("port: [1]", f"8:9 error[AF103] spec.port: must be a whole number, but this is a list -> {_INTEGER}"),
        ("port: {a: 1}", f"8:3 error[AF103] spec.port: must be a whole number, but this is a mapping -> {_INTEGER}"),
        ("port: 80", '8:9 error[AF102] spec.port: "80" is out of bounds -> write a number from 1150 to 65535'),
        pytest.param(
            f"port: {'9' * 5000}",
            f'8:9 error[AF102] spec.port: "{"9" * 5000}" is out of bounds -> write a number from 1150 to 65535',
        ),
        (
            'serverlessV2Scaling: {minCapacity: "1", maxCapacity: 2}',
            "8:38 error[AF103] spec.serverlessV2Scaling.minCapacity: must be a number, but this is the text"
            f' "1" -> {_INTEGER}',
        ),
        (
            "serverlessV2Scaling: {minCapacity: 0.3, maxCapacity: 2}",
            '8:38 error[AF102] spec.serverlessV2Scaling.minCapacity: "0.3" is not a number of ACUs -> use steps of 0.5',
        ),
        (
            "serverlessV2Scaling: {minCapacity: 257, maxCapacity: 1}",
            '8:38 error[AF102] spec.serverlessV2Scaling.minCapacity: "257" is out of bounds'
            " -> write a number from 0.0 to 256.0 ACUs",
        ),
        (
            "serverlessV2Scaling: {minCapacity: 0, maxCapacity: 1, secondsUntilAutoPause: 299}",
            '8:80 error[AF102] spec.serverlessV2Scaling.secondsUntilAutoPause: "299" is out of bounds'
            " -> write a number from 300 to 86400 seconds",
        ),
        (
            "instances: {count: 0}",
            '8:22 error[AF102] spec.instances.count: "0" is out of bounds -> write a number from 1 to 16',
        ),
        # Booleans.
        *(
            (
                f"deletionProtection: {word}",
                f"8:23 error[AF103] spec.deletionProtection: must be true or false, but {_DEPENDS}"
                f" -> write {meant}, without quotes",
            )
            for meant, words in (("true", ("yes", "Yes", "on", "y")), ("false", ("no", "NO", "off", "N")))
            for word in words
        ),
        (
            'deletionProtection: "true"',
            '8:23 error[AF103] spec.deletionProtection: must be true or false, but this is the text "true"'
            " -> write true, without quotes",
        ),
        (
            "deletionProtection: maybe",
            '8:23 error[AF103] spec.deletionProtection: must be true or false, but this is the text "maybe"'
            f" -> {_FLAG}",
        ),
        (
            "deletionProtection: 1",
            "8:23 error[AF103] spec.deletionProtection: must be true or false, but YAML reads this as the integer 1"
            f" -> {_FLAG}",
        ),
        # Text.
        (
            "databaseName: 14.10",
            "8:17 error[AF103] spec.databaseName: must be text, but YAML reads this as the number 14.1"
            ' -> put it in quotes: "14.10"',
        ),
        (
            "databaseName: true",
            "8:17 error[AF103] spec.databaseName: must be text, but YAML reads this as the boolean true"
            ' -> put it in quotes: "true"',
        ),
        (
            "databaseName: no",
            f'8:17 error[AF103] spec.databaseName: must be text, but {_DEPENDS} -> put it in quotes: "no"',
        ),
        (
            "databaseName: [a]",
            "8:17 error[AF103] spec.databaseName: must be text, but this is a list -> write one text value",
        ),
        (
            "subnetIds: [subnet-a, ~]",
            "8:25 error[AF103] spec.subnetIds[1]: must be text, but there is nothing here -> write one text value",
        ),
        (
            "subnetIds: [subnet-a, {value: 3}]",
            "8:33 error[AF103] spec.subnetIds[1].value: must be text, but YAML reads this as the integer 3"
            ' -> put it in quotes: "3"',
        ),
        # Lists and mappings.
        (
            "subnetIds: subnet-a",
            '8:14 error[AF103] spec.subnetIds: must be a list, but this is the text "subnet-a" -> write a list here',
        ),
        (
            "parameters: {a: b}",
            "8:3 error[AF103] spec.parameters: must be a list, but this is a mapping -> write a list here",
        ),
        (
            "serverlessV2Scaling: 3",
            "8:24 error[AF103] spec.serverlessV2Scaling: must be a mapping of fields, but YAML reads this as"
            f" the integer 3 -> {_MAPPING}",
        ),
        (
            "logs: [3]",
            f"8:9 error[AF103] spec.logs: must be a mapping of fields, but this is a list -> {_MAPPING}",
        ),
        (
            "kmsKeyId: {valueFrom: x}",
            "8:25 error[AF103] spec.kmsKeyId.valueFrom: must be a mapping of fields, but this is the text"
            f' "x" -> {_MAPPING}',
        ),
        (
            "enabledCloudwatchLogsExports: [instance, postgresql, instance]",
            "8:33 error[AF102] spec.enabledCloudwatchLogsExports: this list holds 'instance' twice"
            " -> list each value once",
        ),
        pytest.param(
            "subnetIds: [subnet-a, {value: subnet-a}]",
            "8:14 error[AF102] spec.subnetIds: this list holds 'subnet-a' twice -> list each value once",
        ),
        pytest.param(
            "securityGroupIds: [{valueFrom: {name: a}}, {valueFrom: {name: b}}, {valueFrom: {name: a}}]",
            "8:21 error[AF102] spec.securityGroupIds: this list holds one reference twice -> list each value once",
        ),
        pytest.param(
            "subnetIds: [{value: subnet-a}, {value: subnet-a}]",
            "8:14 error[AF102] spec.subnetIds: this list holds 'subnet-a' twice -> list each value once",
        ),
        # One of several words.
        (
            "engineMode: serverles",
            '8:15 error[AF102] spec.engineMode: "serverles" is not allowed here'
            " -> did you mean serverless? Allowed: provisioned or serverless",
        ),
        (
            "storageType: io1",
            '8:16 error[AF102] spec.storageType: "io1" is not allowed here -> write aurora or aurora-iopt1',
        ),
        (
            "versionPolicy: [pinned]",
            "8:18 error[AF102] spec.versionPolicy: this list is not allowed here -> write pinned or minor",
        ),
        (
            'parameters: [{name: a, value: "1", applyMethod: pending_reboot}]',
            '8:51 error[AF102] spec.parameters[0].applyMethod: "pending_reboot" is not allowed here'
            " -> did you mean pending-reboot? Allowed: immediate or pending-reboot",
        ),
        # Values that AWS does not take.
        (
            "timeouts: {create: 29m59s}",
            '8:22 error[AF102] spec.timeouts.create: "29m59s" is out of bounds -> write a duration from 30m to 24h',
        ),
        (
            "timeouts: {update: 1440m1s}",
            '8:22 error[AF102] spec.timeouts.update: "1440m1s" is out of bounds -> write a duration from 30m to 24h',
        ),
        (
            "timeouts: {delete: 1.5h}",
            '8:22 error[AF102] spec.timeouts.delete: "1.5h" is not a duration'
            " -> write it in hours, minutes and seconds, as 90m or 2h30m",
        ),
        (
            "performanceInsights: {retentionPeriod: 30}",
            '8:42 error[AF102] spec.performanceInsights.retentionPeriod: "30" is not a retention that Performance'
            " Insights offers -> the nearest one is 31 days",
        ),
        (
            "monitoring: {interval: 20}",
            '8:26 error[AF102] spec.monitoring.interval: "20" is not an interval of Enhanced Monitoring'
            " -> write 0 (off), 1, 5, 10, 15, 30 or 60 seconds",
        ),
        (
            "allowedCidrBlocks: [10.0.0.0/16, 10.1.0.1/16]",
            '8:36 error[AF102] spec.allowedCidrBlocks[1]: "10.1.0.1/16" has bits set behind its prefix length'
            " -> write the network itself: 10.1.0.0/16",
        ),
    ],
)
def test_a_fault_in_the_spec_is_told_with_place_path_and_help(spec: str, expected: str) -> None:
    assert faults(manifest(spec)) == [f"{FILE}:{expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "  engine: aurora-postgresql\n",
            "",
            ["5:1 error[AF101] spec.engine: is missing -> add it: `aurora-mysql` or `aurora-postgresql`."],
        ),
        (
            "aurora-postgresql",
            "aurora-postgres",
            [f'6:11 error[AF102] spec.engine: "aurora-postgres" is not allowed here'
             f" -> did you mean aurora-postgresql? {_ENGINES}"],
        ),
        (
            "aurora-postgresql",
            "mysql",
            [f'6:11 error[AF102] spec.engine: "mysql" is not allowed here -> did you mean aurora-mysql? {_ENGINES}'],
        ),
        (
            "name: orders",
            "name: Orders",
            ['4:9 error[AF102] metadata.name: "Orders" is not a name that AWS and Terraform take'
             " -> use lower-case letters, digits and single hyphens, a letter first, no hyphen at the end"],
        ),
        (
            "  name: orders",
            "  id: orders",
            ["3:1 error[AF101] metadata.name: is missing"
             " -> add it: Name of the cluster in this workspace, and in Terraform addresses."],
        ),
        (
            "metadata:\n  name: orders\n",
            "",
            ["1:1 error[AF101] metadata: is missing -> add it: Who the cluster is."],
        ),
        (
            "project-planton.org/v1",
            "project-planton.org/v2",
            ['1:13 error[AF102] apiVersion: "aws.project-planton.org/v2" is not allowed here'
             " -> write aws.project-planton.org/v1"],
        ),
        (
            "name: orders",
            "name: orders\n  labels: {a: 1, b: x, c: true}",
            ['5:15 error[AF103] metadata.labels.a: must be text, but YAML reads this as the integer 1'
             ' -> put it in quotes: "1"',
             '5:27 error[AF103] metadata.labels.c: must be text, but YAML reads this as the boolean true'
             ' -> put it in quotes: "true"'],
        ),
        (
            "name: orders",
            "name: orders\n  org:\n    a: b",
            ["5:3 error[AF103] metadata.org: must be text, but this is a mapping -> write one text value"],
        ),
        (
            "spec:\n  engine: aurora-postgresql\n  engineVersion:",
            "spec:",
            ['5:7 error[AF103] spec: must be a mapping of fields, but this is the text "16.8"'
             f" -> {_MAPPING}"],
        ),
    ],
)  # fmt: skip
def test_a_fault_of_the_document_is_told_with_place_path_and_help(old: str, new: str, expected: list[str]) -> None:
    assert old in MANIFEST
    assert faults(MANIFEST.replace(old, new)) == [f"{FILE}:{line}" for line in expected]


def test_all_faults_are_told_at_once() -> None:
    assert [line.split(":")[1] for line in faults(manifest("prot: 1\nport: x\ndatabaseName: 3"))] == ["10", "9", "8"]


@pytest.mark.parametrize(
    "value", ["hunter2", '"hunter2"', "{value: hunter2}", "[hunter2]", "|\n    hunter2", "1234", "{hunter2: hunter2}"]
)
def test_a_password_is_refused_and_shown_nowhere(value: str) -> None:
    (problem,) = check(AwsRdsCluster, tree(manifest(f"password: {value}")))[1]
    assert (problem.code, problem.path, problem.place.line) == ("AF104", "spec.password", 8)
    assert problem.message == "a password in a manifest is a password in Git and in the plan"
    assert problem.help == (
        "delete it: manageMasterUserPassword (the default) lets RDS keep one in AWS Secrets Manager, and"
        " passwordFrom says where one of yours is kept"
    )
    assert "hunter2" not in repr(problem)
    assert "1234" not in repr(problem)


def test_no_password_is_no_fault() -> None:
    assert faults(manifest("password: null")) == []


class TestMayLack:
    """One layer of several may lack what another one says."""

    PARTIAL: Final = "apiVersion: aws.project-planton.org/v1\nkind: AwsRdsCluster\nmetadata: {}\nspec: {port: 5000}\n"

    def test_only_what_is_below_the_path_may_be_missing(self) -> None:
        model, problems = check(AwsRdsCluster, tree(self.PARTIAL), may_lack=("spec",))
        assert model is None
        assert [problem.path for problem in problems] == ["metadata.name"]

    def test_without_it_everything_must_be_there(self) -> None:
        _, problems = check(AwsRdsCluster, tree(self.PARTIAL))
        assert [problem.path for problem in problems] == ["metadata.name", "spec.engine", "spec.engineVersion"]

    def test_the_path_itself_must_be_there(self) -> None:
        _, problems = check(AwsRdsCluster, tree("kind: AwsRdsCluster"), may_lack=("spec",))
        assert [problem.path for problem in problems] == ["apiVersion", "metadata", "spec"]

    def test_what_is_there_must_still_be_right(self) -> None:
        _, problems = check(AwsRdsClusterSpec, tree("port: x"), prefix=("spec", "defaults"), may_lack=())
        assert lines(tuple(problems)) == [
            'f.yaml:1:7 error[AF103] spec.defaults.port: must be a whole number, but this is the text "x"'
            f" -> {_INTEGER}"
        ]


class TestPaths:
    def test_a_path_is_shown_in_the_spelling_of_the_file(self) -> None:
        assert show(("spec", "subnetIds", 1, "value")) == "spec.subnetIds[1].value"
        assert show(()) == ""

    @pytest.mark.parametrize(
        ("path", "line_and_column"),
        [
            (("a",), (1, 1)),
            (("a", "b"), (2, 6)),
            (("a", "c"), (3, 6)),
            (("a", "c", 1), (3, 10)),
            # What does not stand there is found at the nearest thing above it that does.
            (("a", "x"), (1, 1)),
            (("a", "c", 7), (3, 6)),
            (("x", "y"), (1, 1)),
        ],
    )
    def test_a_place_is_that_of_a_value_or_of_the_key_of_a_mapping(
        self, path: tuple[str | int, ...], line_and_column: tuple[int, int]
    ) -> None:
        place = place_of(tree("a:\n  b: x\n  c: [1, 2]"), path)
        assert (place.line, place.column) == line_and_column


class TestSuggest:
    KNOWN: Final = ("engine", "engineVersion", "subnetIds", "port")

    @pytest.mark.parametrize(
        ("word", "meant"),
        [
            ("engineversion", "engineVersion"),
            ("engine_version", "engineVersion"),
            ("ENGINE", "engine"),
            ("subnets", "subnetIds"),
            ("prot", "port"),
            ("xyzzy", None),
            ("", None),
        ],
    )
    def test_the_nearest_word_is_suggested(self, word: str, meant: str | None) -> None:
        assert suggest(word, self.KNOWN) == meant


@pytest.mark.parametrize("key", ["<<spec", "<text>", "<"])
def test_a_key_that_looks_like_the_tag_of_a_union_is_a_key(key: str) -> None:
    (fault,) = faults(manifest(f"{key!r}: 1"))
    assert fault.startswith(f"f.yaml:8:3 error[AF100] spec.{key}: is not a field -> ")
    (fault,) = faults(manifest(metadata=f"labels: {{{key!r}: 1}}"))
    assert fault.startswith(f"f.yaml:5:{14 + len(repr(key))} error[AF103] metadata.labels.{key}: must be text")
