"""Where alarms and events go: topics that exist, and topics that are made once for each stack."""

import json
from typing import Final

import pytest

from auroraform.schemas.resolved.encryption import KmsKey
from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.topics import MadeTopics
from auroraform.stacks.render import render
from auroraform.stacks.synth import validate
from support.workspaces import Files, environment, lines, manifest

ARN: Final = "arn:aws:sns:eu-west-1:111122223333:"
FUNCTION: Final = "arn:aws:lambda:eu-west-1:111122223333:function:a"
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab"
MADE: Final = {s: Expression(f"aws_sns_topic.shared_{s}.arn") for s in ("critical", "warning")}


def alarms(yaml: str) -> dict[str, str]:
    return {"environments__prod": environment(spec=f"alarms: {yaml}")}


@pytest.mark.parametrize(
    ("yaml", "critical", "warning"),
    [
        pytest.param("{}", (), (), id="nobody is told"),
        pytest.param(f"{{topicArns: ['{ARN}all']}}", (f"{ARN}all",), (f"{ARN}all",), id="everything"),
        pytest.param(
            f"{{criticalTopicArns: ['{ARN}night'], warningTopicArns: ['{ARN}day']}}",
            (f"{ARN}night",),
            (f"{ARN}day",),
            id="by severity",
        ),
        pytest.param("{topics: {}}", (MADE["critical"],), (MADE["warning"],), id="made here"),
        pytest.param(
            f"{{topicArns: ['{ARN}all'], criticalTopicArns: ['{ARN}night', '{ARN}all'], topics: {{}}}}",
            (f"{ARN}all", f"{ARN}night", MADE["critical"]),
            (f"{ARN}all", MADE["warning"]),
            id="all of it, each once",
        ),
    ],
)
def test_each_severity_has_its_topics(
    files: Files, yaml: str, critical: tuple[str, ...], warning: tuple[str, ...]
) -> None:
    topics = files.cluster(**alarms(yaml)).topics
    assert (topics.critical, topics.warning) == (critical, warning)
    # An expression is equal to its text.
    assert [type(arn) for arn in topics.critical] == [type(arn) for arn in critical]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        (
            "{topicArns: [on-call]}",
            'environments/prod.yaml:14:24 error[AF102] spec.alarms.topicArns[0]: "on-call" is not the ARN of a standard'
            " SNS topic (RDS publishes to no FIFO topic) -> write it as arn:aws:sns:eu-west-1:111122223333:on-call",
        ),
        (
            "{criticalTopicArns: ['arn:aws:sns:eu-west-2:111122223333:on-call']}",
            "environments/prod.yaml:14:32 error[AF102] spec.alarms.criticalTopicArns[0]:"
            ' "arn:aws:sns:eu-west-2:111122223333:on-call" is in eu-west-2, and the cluster in eu-west-1: CloudWatch'
            " and RDS publish in their own Region only"
            " -> name one that is in eu-west-1; subscribe what listens elsewhere to a topic there",
        ),
        (
            "{topics: {kmsKeyId: alias/aws/sns}}",
            'environments/prod.yaml:14:31 error[AF102] spec.alarms.topics.kmsKeyId: "alias/aws/sns" is not the ARN of a'
            " KMS key -> write it as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…",
        ),
        (
            "{warningTopicArns: [{valueFrom: {name: team}}]}",
            "environments/prod.yaml:14:31 error[AF301] spec.alarms.warningTopicArns[0]: nothing in the environment prod"
            " says what AwsSnsTopic/team is -> add it to `references` of the environment; what can be referred to is"
            " AwsRdsCluster/orders",
        ),
    ],
)
def test_a_topic_or_key_that_cannot_be_is_told(files: Files, yaml: str, expected: str) -> None:
    assert lines(files.problems(**alarms(yaml))) == [expected]


def made(files: Files, yaml: str = "{topics: {}}") -> MadeTopics:
    (stack,) = files.outcome(**alarms(yaml)).stacks
    assert stack.shared.topics is not None
    return stack.shared.topics


def key(files: Files) -> KmsKey:
    found = made(files).kms_key
    assert found is not None
    return found


class TestMadeTopics:
    def test_there_is_one_for_each_severity_and_they_share_a_key(self, files: Files) -> None:
        found = made(files)
        assert [topic.name for topic in found.topics] == ["prod-alarms-critical", "prod-alarms-warning"]
        assert found.kms_key_id == Expression("aws_kms_key.shared_topics.arn")
        assert key(files).alias == "alias/prod-alarm-topics"

    def test_a_key_that_is_named_encrypts_them_and_none_is_made(self, files: Files) -> None:
        found = made(files, f"{{topics: {{kmsKeyId: '{KEY}'}}}}")
        assert (found.kms_key_id, found.kms_key) == (KEY, None)

    def test_only_cloudwatch_rds_and_budgets_publish_and_for_the_account_alone(self, files: Files) -> None:
        for topic in made(files).topics:
            allowed = [s for s in json.loads(topic.policy)["Statement"] if s["Effect"] == "Allow"]
            assert [
                (s["Principal"], s["Action"], s["Resource"], s["Condition"]["ArnLike"]["aws:SourceArn"])
                for s in allowed
            ] == [
                ({"Service": service}, "sns:Publish", f"{ARN}{topic.name}", source)
                for service, source in (
                    ("cloudwatch.amazonaws.com", "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*"),
                    ("events.rds.amazonaws.com", "arn:aws:rds:eu-west-1:111122223333:*"),
                    ("budgets.amazonaws.com", "arn:aws:budgets::111122223333:*"),
                )
            ]
            assert {s["Condition"]["StringEquals"]["aws:SourceAccount"] for s in allowed} == {"111122223333"}

    def test_nothing_is_published_in_the_clear(self, files: Files) -> None:
        denied = [s for s in json.loads(made(files).topics[0].policy)["Statement"] if s["Effect"] == "Deny"]
        assert [(s["Action"], s["Condition"]) for s in denied] == [
            ("sns:Publish", {"Bool": {"aws:SecureTransport": "false"}})
        ]

    def test_who_publishes_can_use_the_key_and_do_nothing_else_with_it(self, files: Files) -> None:
        administers, *uses = json.loads(key(files).policy)["Statement"]
        assert administers["Principal"] == {"AWS": "arn:aws:iam::111122223333:root"}
        assert [(s["Principal"]["Service"], s["Action"], sorted(s["Condition"])) for s in uses] == [
            (service, ["kms:Decrypt", "kms:GenerateDataKey*"], ["ArnLike", "StringEquals"])
            for service in ("cloudwatch.amazonaws.com", "events.rds.amazonaws.com", "budgets.amazonaws.com")
        ]

    def test_each_stack_has_its_own_where_each_cluster_has_a_stack(self, files: Files) -> None:
        outcome = files.outcome(
            manifests__billing=manifest(name="billing"),
            environments__prod=environment(spec="stackPer: cluster\nalarms: {topics: {}}"),
        )
        names = [topic.name for stack in outcome.stacks if stack.shared.topics for topic in stack.shared.topics.topics]
        assert names == [f"prod-{c}-alarms-{s}" for c in ("billing", "orders") for s in ("critical", "warning")]


def subscribed(yaml: str) -> dict[str, str]:
    table = "references: {Secret/pager: {url: {ssmParameter: /pager}, text: 'https://events.example/token'}}"
    return {"environments__prod": environment(spec=f"alarms: {{topics: {{subscriptions: {{one: {yaml}}}}}}}\n{table}")}


class TestSubscriptions:
    @pytest.mark.parametrize(
        ("yaml", "expected"),
        [
            ("{protocol: email, endpoint: a@acme.example}", ["critical a@acme.example", "warning a@acme.example"]),
            ("{protocol: sms, endpoint: '+441632960123', severities: [critical]}", ["critical +441632960123"]),
            (
                "{protocol: sqs, endpoint: 'arn:aws:sqs:eu-west-1:111122223333:a', severities: [warning]}",
                ["warning arn:aws:sqs:eu-west-1:111122223333:a"],
            ),
            (
                f"{{protocol: lambda, endpoint: '{FUNCTION}', severities: [warning]}}",
                [f"warning {FUNCTION}"],
            ),
        ],
    )
    def test_the_topics_of_its_severities_tell_an_endpoint(self, files: Files, yaml: str, expected: list[str]) -> None:
        (stack,) = files.outcome(**subscribed(yaml)).stacks
        assert stack.shared.topics is not None
        assert [f"{one.severity} {one.endpoint}" for one in stack.shared.topics.subscriptions] == expected

    def test_a_url_is_read_where_it_may_be_encrypted_and_no_plan_shows_it(self, files: Files) -> None:
        reference = "{valueFrom: {kind: Secret, name: pager, fieldPath: url}}"
        (stack,) = files.outcome(**subscribed(f"{{protocol: https, endpoint: {reference}}}")).stacks
        assert stack.shared.topics is not None
        endpoints = {one.endpoint for one in stack.shared.topics.subscriptions}
        # Not `insecure_value`, which an encrypted parameter does not have.
        assert endpoints == {Expression("data.aws_ssm_parameter.Secret_pager_url.value")}

    @pytest.mark.parametrize(
        "endpoint",
        [
            "'https://events.pagerduty.example/integration/0a1b2c/enqueue'",
            "{value: 'https://events.pagerduty.example/integration/0a1b2c/enqueue'}",
            "{valueFrom: {kind: Secret, name: pager, fieldPath: text}}",
        ],
    )
    def test_a_url_that_is_written_out_is_refused_and_not_shown(self, files: Files, endpoint: str) -> None:
        (found,) = files.problems(**subscribed(f"{{protocol: https, endpoint: {endpoint}}}"))
        assert (found.code, found.path) == ("AF104", "spec.alarms.topics.subscriptions.one.endpoint")
        assert "0a1b2c" not in f"{found.message} {found.help}"

    @pytest.mark.parametrize(
        ("yaml", "message"),
        [
            ("{protocol: email, endpoint: team}", '"team" is not an e-mail address'),
            ("{protocol: sms, endpoint: '0441632'}", '"0441632" is not a telephone number'),
            ("{protocol: sqs, endpoint: queue}", '"queue" is not the ARN of a queue'),
            ("{protocol: lambda, endpoint: chat}", '"chat" is not the ARN of a function'),
            ("{protocol: email, endpoint: a@b.example, severities: []}", "this list names no severity"),
        ],
    )
    def test_an_endpoint_that_cannot_be_is_told(self, files: Files, yaml: str, message: str) -> None:
        assert [(p.code, p.message) for p in files.problems(**subscribed(yaml))] == [("AF102", message)]


def test_a_shared_part_names_the_file_of_the_environment(files: Files) -> None:
    files.minimal(**alarms("{topics: {}}"))
    rendered = render(validate(files.root).stacks).files
    stack = json.loads(next(text for path, text in rendered.items() if path.endswith(".tf.json")))
    assert stack["resource"]["aws_sns_topic"]["shared_critical"]["//"] == "environments/prod.yaml"
    assert stack["resource"]["aws_rds_cluster"]["orders"]["//"] == "manifests/orders.yaml"
