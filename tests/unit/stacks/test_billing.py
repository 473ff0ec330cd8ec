"""The shape of the bill: what is billed, how much of it follows from manifests, and nothing that is forgotten."""

from datetime import date
from typing import Final

import pytest

from auroraform.stacks.billing.items import Amount, Item, total
from auroraform.stacks.billing.resources import RESOURCES, Counted, Ruled
from auroraform.stacks.billing.rules import RULES, SHARED_RULES
from auroraform.stacks.billing.shape import EnvironmentShape, cost_shape
from support.golden_stacks import occurrences
from support.workspaces import Files, environment, lines, manifest

TODAY: Final = date(2026, 11, 24)
MYSQL: Final = manifest().replace("aurora-postgresql", "aurora-mysql").replace("16.8", "8.0.mysql_aurora.3.08.0")


def shape(files: Files, today: date = TODAY, **texts: str) -> EnvironmentShape:
    found = cost_shape(files.minimal(**texts), today)
    assert [line for line in lines(found.problems) if " error[" in line] == []
    (one,) = found.environments
    return one


def items(files: Files, spec: str, title: str, where: str = "", class_: str = "production") -> list[Item]:
    found = shape(
        files, manifests__orders=manifest(spec), environments__prod=environment(class_=class_, spec=where)
    ).clusters[0]
    return [item for item in found.items if item.title == title]


def test_every_type_of_resource_that_is_made_is_known_as_billed_or_free() -> None:
    made = {type_ for type_ in occurrences() if not type_.startswith(("data.", "ephemeral."))}
    assert made - set(RESOURCES) == set()


def test_what_is_billed_by_rules_has_these_rules() -> None:
    named = {title for known in RESOURCES.values() if isinstance(known, Ruled) for title in known.titles}
    assert named == {rule.title for rule in (*RULES, *SHARED_RULES)}


class TestInstances:
    def test_by_class_for_the_hours_of_a_month(self, files: Files) -> None:
        spec = "instances: {members: {1: {}, 2: {}, 3: {instanceClass: db.r6g.xlarge}}}".replace("1:", '"1":')
        assert items(files, spec.replace("2:", '"2":').replace("3:", '"3":'), "instances") == [
            Item(
                title="instances",
                subject="db.r6g.large",
                amounts=(Amount("instances", 2), Amount("hours a month", 1460)),
            ),
            Item(
                title="instances",
                subject="db.r6g.xlarge",
                amounts=(Amount("instances", 1), Amount("hours a month", 730)),
            ),
        ]

    def test_a_schedule_leaves_the_hours_in_which_the_cluster_runs(self, files: Files) -> None:
        spec = 'schedule: {timeZone: UTC, start: "08:00", stop: "20:00", days: [mon, tue]}'
        (found,) = items(files, spec, "instances", class_="development")
        # A day of the week's seven.
        assert found.amounts[1] == Amount("hours a month", pytest.approx(730 / 7))  # type: ignore[arg-type]
        assert found.note == "none while it is stopped by schedule"

    def test_serverless_ones_by_capacity(self, files: Files) -> None:
        (found,) = items(files, "serverlessV2Scaling: {minCapacity: 2, maxCapacity: 16}", "instances")
        assert found == Item(
            title="instances",
            subject="db.serverless, 2 to 16 ACUs",
            amounts=(Amount("instances", 2), Amount("ACU hours a month", 2 * 2 * 730, 2 * 16 * 730)),
        )

    def test_one_that_may_pause_may_cost_nothing(self, files: Files) -> None:
        (found,) = items(files, "serverlessV2Scaling: {minCapacity: 0, maxCapacity: 4}", "instances")
        assert found.amounts[1] == Amount("ACU hours a month", 0, 2 * 4 * 730)
        assert found.note == "none while it is paused"

    def test_those_of_autoscaling_depend_on_the_load(self, files: Files) -> None:
        spec = """
        readerAutoscaling:
          minCapacity: 2
          maxCapacity: 4
          averageCpuUtilization: 60
          schedules: {peak: {schedule: rate(1 day), maxCapacity: 6}}
        """
        _, found = items(files, spec, "instances")
        assert found == Item(
            title="instances",
            subject="db.r6g.large, added by autoscaling",
            # One reader of two is declared.
            amounts=(Amount("instances", 1, 5), Amount("hours a month", 730, 5 * 730)),
        )


class TestRules:
    @pytest.mark.parametrize(
        ("spec", "title", "expected"),
        [
            ("storageType: aurora", "storage", ["Standard; by GB, and by request of I/O"]),
            (
                "storageType: aurora-iopt1",
                "storage",
                ["I/O-Optimized; by GB, at the rates of I/O-Optimized for storage and instances; I/O is included"],
            ),
            ("backupRetentionPeriod: 1", "backups", ["1 day; free of charge"]),
            ("backupRetentionPeriod: 35", "backups", ["35 days; by GB beyond the size of the volume"]),
            ("performanceInsights: {enabled: false}", "insights", []),
            ("", "insights", ["Performance Insights, 7 days; free of charge"]),
            (
                "performanceInsights: {retentionPeriod: 31}",
                "insights",
                ["Performance Insights, 31 days; by vCPU or ACU"],
            ),
            ("databaseInsights: {mode: advanced}", "insights", ["Database Insights, advanced; by vCPU or ACU"]),
            ("monitoring: {interval: 0}", "monitoring", []),
            (
                "monitoring: {interval: 15}",
                "monitoring",
                ["Enhanced Monitoring, every 15 s; by GB that is written into CloudWatch Logs"],
            ),
            (
                "logs: {logGroupClass: INFREQUENT_ACCESS, retentionInDays: 7}",
                "logs",
                ["postgresql, kept for 7 days (infrequent access); by GB that is written, and that is kept"],
            ),
            ("", "extended support", ["Aurora PostgreSQL 16; by vCPU or ACU and hour, from 2029-03-01 on"]),
            ("engineLifecycleSupport: open-source-rds-extended-support-disabled", "extended support", []),
            (
                'engineVersion: "13.23"',
                "extended support",
                ["Aurora PostgreSQL 13; by vCPU or ACU and hour, since 2026-03-01"],
            ),
            ("", "secrets", ["password of the master user; and by request"]),
            ("passwordFrom: {ssmParameter: /orders/password}", "secrets", []),
            ("", "proxy", []),
            (
                "proxy: {readOnlyEndpoint: true}",
                "proxy",
                [
                    "RDS Proxy; by vCPU or ACU of the instances behind it, of which AWS counts a few at least",
                    "read-only endpoints; by hour and GB, as AWS PrivateLink",
                ],
            ),
            ("", "keys", []),
            ("kmsKey: {create: true}", "keys", ["KMS keys; more after renewals, and by request"]),
        ],
    )
    def test_what_is_billed(self, files: Files, spec: str, title: str, expected: list[str]) -> None:
        spec = spec if "engineVersion" not in spec else ""
        texts = {"manifests__orders": manifest(spec)}
        if expected and "PostgreSQL 13" in expected[0]:
            texts["manifests__orders"] = manifest().replace("16.8", "13.23")
        (cluster,) = shape(files, TODAY, **texts).clusters
        assert [f"{one.subject}; {one.note}" for one in cluster.items if one.title == title] == expected

    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            ("instances: {count: 2, instanceClass: db.r6g.xlarge}", [Amount("vCPU hours a month", 2 * 4 * 730)]),
            (
                "instances: {count: 2}\nserverlessV2Scaling: {minCapacity: 1, maxCapacity: 8}",
                [Amount("ACU hours a month", 2 * 730, 2 * 8 * 730)],
            ),
        ],
        ids=["provisioned", "serverless"],
    )
    def test_a_proxy_is_billed_by_what_is_behind_it(self, files: Files, spec: str, expected: list[Amount]) -> None:
        (found,) = items(files, f"{spec}\nproxy: {{}}", "proxy")
        assert [*found.amounts] == [Amount("clusters", 1), *expected]

    def test_support_ends_on_a_day(self, files: Files) -> None:
        def note(today: date) -> str:
            (cluster,) = shape(files, today, manifests__orders=MYSQL).clusters
            return next(item.note for item in cluster.items if item.title == "extended support")

        assert note(date(2028, 4, 30)) == "by vCPU or ACU and hour, from 2028-05-01 on"
        assert note(date(2028, 5, 1)) == "by vCPU or ACU and hour, since 2028-05-01"


class TestTotals:
    def test_what_a_stack_has_once_is_in_them_too(self, files: Files) -> None:
        found = shape(
            files,
            manifests__billing=manifest("kmsKey: {create: true}", name="billing"),
            environments__prod=environment(spec="alarms: {topics: {}}"),
        )
        assert [(one.name, one.identifier) for one in found.clusters] == [
            ("billing", "prod-billing"),
            ("orders", "prod-orders"),
        ]
        (keys,) = found.shared
        assert (keys.title, keys.amounts) == ("keys", (Amount("keys", 1),))
        in_all = {(item.title, item.subject): item.amounts for item in found.total}
        assert in_all["keys", "KMS keys"] == (Amount("keys", 2),)
        assert in_all["instances", "db.r6g.large"] == (Amount("instances", 4), Amount("hours a month", 4 * 730))
        assert in_all["backups", "14 days"] == (Amount("clusters", 2),)

    def test_copies_of_backups_are_in_another_region(self, files: Files) -> None:
        vault = "arn:aws:backup:eu-central-1:111122223333:backup-vault:aurora"
        rule = (
            f"{{schedule: cron(0 3 * * ? *), retentionDays: 35, copies: [{{vaultArn: '{vault}', retentionDays: 90}}]}}"
        )
        found = shape(files, environments__prod=environment(spec=f"backup: {{rules: {{daily: {rule}}}}}"))
        assert [f"{item.subject}; {item.note}" for item in found.shared if item.title == "backups elsewhere"] == [
            "daily, kept for 35 days; by GB that is kept, of every cluster in the plan",
            "daily, copied to eu-central-1, kept for 90 days; by GB that is kept there, and that crosses Regions",
        ]

    def test_stacks_of_one_environment_are_put_together(self, files: Files) -> None:
        found = shape(
            files,
            manifests__billing=manifest(name="billing"),
            environments__prod=environment(spec="stackPer: cluster\nalarms: {topics: {}}"),
        )
        assert len(found.clusters) == 2
        assert [item.amounts for item in found.shared] == [(Amount("keys", 2),)]

    def test_amounts_of_one_unit_are_added_up_to_the_most(self) -> None:
        def item(*amounts: Amount, note: str = "") -> Item:
            return Item(title="instances", subject="x", amounts=amounts, note=note)

        assert total(
            [item(Amount("hours", 1)), item(Amount("hours", 2, 5), Amount("keys", 1)), item(note="paused")]
        ) == (item(Amount("hours", 3, 6), Amount("keys", 1)), item(note="paused"))


def test_what_is_counted_has_a_unit_in_the_plural() -> None:
    counted = [known for known in RESOURCES.values() if isinstance(known, Counted)]
    assert [known.unit for known in counted if not known.unit.endswith("s")] == []
