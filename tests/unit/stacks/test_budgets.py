"""Budgets: what counts, who is told of what, and what AWS would refuse."""

import textwrap
from typing import Final

import pytest

from auroraform.schemas.resolved.budgets import BudgetNotification, ResolvedBudget
from support.workspaces import Files, environment, lines, manifest

TOPIC: Final = "arn:aws:sns:eu-west-1:111122223333:databases"
TOLD: Final = f"alarms: {{warningTopicArns: ['{TOPIC}', '{TOPIC}-2']}}"
NOBODY: Final = (
    "tells nobody, and AWS refuses such a budget: there is no address in it, and no topic for warnings -> add "
    "subscriberEmailAddresses to it, or topics to alarms of the environment"
)


def problems(files: Files, **texts: str) -> list[str]:
    return [line.split(" ", 1)[1] for line in lines(files.problems(**texts))]


class TestCluster:
    def test_there_is_none_unless_it_is_asked_for(self, files: Files) -> None:
        assert files.cluster().budget is None

    def test_what_follows(self, files: Files) -> None:
        found = files.cluster(
            manifests__orders=manifest("budget: {limitAmount: 99.5}"), environments__prod=environment(spec=TOLD)
        ).budget
        assert found == ResolvedBudget(
            name="prod-orders-monthly",
            limit_amount="99.5",
            limit_unit="USD",
            tag_key_value="user:cluster$prod-orders",
            notifications=(
                BudgetNotification(notification_type="ACTUAL", threshold=80),
                BudgetNotification(notification_type="ACTUAL", threshold=100),
                BudgetNotification(notification_type="FORECASTED", threshold=100),
            ),
            email_addresses=(),
            # AWS takes one for a notification.
            topic=TOPIC,
        )

    def test_what_counts_has_the_tag_that_everything_of_the_cluster_has(self, files: Files) -> None:
        found = files.cluster(
            manifests__orders=manifest(
                "clusterIdentifier: shop\nbudget: {limitAmount: 1, subscriberEmailAddresses: [a@example.com]}",
                metadata="labels: {cluster: other}",
            )
        )
        assert found.budget is not None
        assert found.budget.tag_key_value == f"user:cluster${found.tags['cluster']}" == "user:cluster$shop"

    def test_one_that_tells_nobody_is_told(self, files: Files) -> None:
        assert problems(files, manifests__orders=manifest("budget: {limitAmount: 1}")) == [
            f"error[AF101] spec.budget: {NOBODY}"
        ]
        fine = manifest("budget: {limitAmount: 1, subscriberEmailAddresses: [a@example.com]}")
        assert problems(files, manifests__orders=fine) == []


class TestEnvironment:
    def test_it_counts_everything_of_the_environment(self, files: Files) -> None:
        where = environment(spec="alarms: {topics: {}}\nbudget: {limitAmount: 500, limitUnit: EUR}")
        (stack,) = files.outcome(environments__prod=where).stacks
        found = stack.shared.budget
        assert found is not None
        assert (found.name, found.limit_amount, found.limit_unit) == ("prod-monthly", "500", "EUR")
        key, _, value = found.tag_key_value.removeprefix("user:").partition("$")
        assert stack.default_tags[key] == value == "prod"
        assert found.topic == "aws_sns_topic.shared_warning.arn"

    def test_one_that_tells_nobody_is_told(self, files: Files) -> None:
        assert problems(files, environments__prod=environment(spec="budget: {limitAmount: 1}")) == [
            f"error[AF101] spec.budget: {NOBODY}"
        ]

    def test_no_stack_is_the_one_of_it_where_each_cluster_has_its_own(self, files: Files) -> None:
        where = environment(spec=f"{TOLD}\nstackPer: cluster\nbudget: {{limitAmount: 1}}")
        assert problems(files, environments__prod=where) == [
            "error[AF105] spec.budget: each stack would have a budget for the whole environment, as stackPer is cluster"
            " -> write it in defaults, for each cluster by itself"
        ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("limitAmount: 0", 'limitAmount: "0" is out of bounds -> write a number from 1 to 1000000000'),
        ("limitUnit: dollars", 'limitUnit: "dollars" is not a currency -> write its code, such as USD'),
        ("actual: [80, 80]", "actual: this list holds 80.0 twice -> list each value once"),
        (
            "subscriberEmailAddresses: [me]",
            'subscriberEmailAddresses[0]: "me" is not an e-mail address -> write it as databases@example.com',
        ),
        (
            "actual: []\nforecasted: []",
            "this mapping tells of nothing -> name a percentage in actual or in forecasted, or delete these",
        ),
        (
            f"actual: {[*range(1, 11)]}\nforecasted: [100]",
            "this mapping tells of too many percentages -> name 10 or fewer in both together",
        ),
        (
            f"subscriberEmailAddresses: {[f'a{n}@example.com' for n in range(11)]}",
            "this mapping tells too many -> name 10 addresses or fewer, or a mailing list",
        ),
    ],
)
def test_what_cannot_be_is_told(files: Files, text: str, expected: str) -> None:
    whole = text if text.startswith("limitAmount") else f"limitAmount: 5\n{text}"
    spec = "budget:\n" + textwrap.indent(whole, "  ")
    found = problems(files, manifests__orders=manifest(spec), environments__prod=environment(spec=TOLD))
    assert [line.removeprefix("error[AF102] spec.budget").lstrip(".: ") for line in found] == [expected]
