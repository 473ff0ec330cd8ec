"""The instances of a cluster: by count or by key, in an order, in zones, and each with what is said of it."""

from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auroraform.schemas.placement import zone_of
from auroraform.schemas.resolved.cluster import ResolvedCluster
from auroraform.schemas.resolved.instances import Instance
from auroraform.stacks.references import Found
from auroraform.stacks.zones import zones_in_turn
from support.workspaces import Files, environment, lines, manifest

SUBNETS: Final = "    subnetIds: [subnet-0a, subnet-0b, subnet-0c]\n"
KNOWN: Final = "{subnet-0a: eu-west-1a, subnet-0b: eu-west-1b, subnet-0c: eu-west-1c}"


def with_zones(known: str = KNOWN, *, class_: str = "production", spec: str = "", subnets: str = SUBNETS) -> str:
    text = environment(class_=class_, spec=spec)
    return text.replace(SUBNETS, f"{subnets}    availabilityZones: {known}\n")


def instances(files: Files, spec: str, env: str = "") -> dict[str, Instance]:
    cluster = files.cluster(manifests__orders=manifest(spec), environments__prod=env or environment())
    return {instance.key: instance for instance in cluster.instances}


def layered(defaults: str = "", own: str = "", overrides: str = "") -> dict[str, str]:
    spec = f"defaults: {{instances: {{{defaults}}}}}\noverrides: {{orders: {{instances: {{{overrides}}}}}}}"
    return {
        "environments__prod": environment(spec=spec),
        "manifests__orders": manifest(f"instances: {{{own}}}"),
    }


def keys(cluster: ResolvedCluster) -> list[str]:
    return [instance.key for instance in cluster.instances]


class TestNumber:
    """A count and members by key are two spellings of one decision, and the later layer decides."""

    COUNT: Final = "count: 3"
    MEMBERS: Final = "members: {a: {}, b: {}}"
    ONE: Final = "members: {c: {promotionTier: 3}}"

    @pytest.mark.parametrize(
        ("defaults", "own", "overrides", "expected"),
        [
            # Beside the count of the class.
            ("", "", "", ["1", "2"]),
            ("", COUNT, "", ["1", "2", "3"]),
            ("", MEMBERS, "", ["a", "b"]),
            (MEMBERS, "", "", ["a", "b"]),
            ("", "", MEMBERS, ["a", "b"]),
            ("", "members: {a: {promotionTier: null}, b: {}}", "", ["a", "b"]),
            # Two layers that differ.
            (COUNT, MEMBERS, "", ["a", "b"]),
            (MEMBERS, COUNT, "", ["1", "2", "3"]),
            ("", MEMBERS, COUNT, ["1", "2", "3"]),
            ("", COUNT, MEMBERS, ["a", "b"]),
            # There and back again.
            (MEMBERS, COUNT, ONE, ["a", "b", "c"]),
            (COUNT, MEMBERS, "count: 4", ["1", "2", "3", "4"]),
            # Members of several layers are together.
            (MEMBERS, ONE, "", ["a", "b", "c"]),
            (MEMBERS, "", "members: {a: null, c: {}}", ["b", "c"]),
            # Null takes a decision back.
            (MEMBERS, "members: null", "", ["1", "2"]),
            (MEMBERS, COUNT, "count: null", ["a", "b"]),
            (COUNT, MEMBERS, "members: null", ["1", "2", "3"]),
        ],
    )
    def test_the_later_layer_decides(
        self, files: Files, defaults: str, own: str, overrides: str, expected: list[str]
    ) -> None:
        assert keys(files.cluster(**layered(defaults, own, overrides))) == expected

    def test_both_in_one_layer_are_a_conflict(self, files: Files) -> None:
        assert [(p.code, p.path) for p in files.problems(**layered(own=f"{self.COUNT}, {self.MEMBERS}"))] == [
            ("AF105", "spec.instances.count")
        ]

    def test_a_layer_that_removes_every_member_is_told(self, files: Files) -> None:
        assert lines(files.problems(**layered(own="members: {a: {}}", overrides="members: {a: null}"))) == [
            "environments/prod.yaml:15:36 error[AF102] spec.instances.members: leaves no instance, and without one"
            " nobody can connect to the cluster -> write {} for a member of which nothing is particular: null removes"
            " it"
        ]

    def test_the_members_1_and_2_are_the_instances_that_a_count_makes(self, files: Files) -> None:
        counted = files.cluster(**layered(own="count: 2")).instances
        assert files.cluster(**layered(own='members: {"2": {}, "1": {}}')).instances == counted
        assert files.cluster(**layered(own="members: {2: {}, 1: {}}")).instances == counted


class TestSettings:
    SHARED: Final = "instanceClass: db.r6g.xlarge, caCertificateIdentifier: rds-ca-rsa2048-g1, publiclyAccessible: true"
    OWN: Final = (
        "instanceClass: db.r6g.large, caCertificateIdentifier: rds-ca-ecc384-g1, publiclyAccessible: false,"
        " promotionTier: 15, availabilityZone: eu-west-1b, preferredMaintenanceWindow: SUN:03:00-sun:03:30,"
        " dbParameterGroupName: reports"
    )

    def test_a_member_has_what_is_said_of_it_and_else_what_is_said_of_all(self, files: Files) -> None:
        spec = f"instances: {{{self.SHARED}, members: {{a: {{}}, b: {{{self.OWN}}}}}}}"
        assert instances(files, spec, environment(class_="staging")) == {
            "a": Instance(
                key="a",
                identifier="prod-orders-a",
                instance_class="db.r6g.xlarge",
                promotion_tier=0,
                availability_zone=None,
                preferred_maintenance_window=None,
                ca_cert_identifier="rds-ca-rsa2048-g1",
                publicly_accessible=True,
                db_parameter_group_name=None,
                after=None,
            ),
            "b": Instance(
                key="b",
                identifier="prod-orders-b",
                instance_class="db.r6g.large",
                promotion_tier=15,
                availability_zone="eu-west-1b",
                preferred_maintenance_window="sun:03:00-sun:03:30",
                ca_cert_identifier="rds-ca-ecc384-g1",
                publicly_accessible=False,
                db_parameter_group_name="reports",
                after="a",
            ),
        }

    @pytest.mark.parametrize(
        ("members", "tiers"),
        [
            ("b: {}, a: {}", {"a": 0, "b": 1}),
            ("10: {}, 9: {}", {"9": 0, "10": 1}),
            ("a: {}, 1: {}", {"1": 0, "a": 1}),
            ("a: {promotionTier: 1}, b: {}", {"b": 0, "a": 1}),
            ("a: {}, b: {promotionTier: 0}, c: {}", {"b": 0, "a": 1, "c": 1}),
            ("a: {promotionTier: 15}, b: {promotionTier: 2}", {"b": 2, "a": 15}),
        ],
    )
    def test_one_is_preferred_and_the_others_are_near_enough_to_take_over(
        self, files: Files, members: str, tiers: dict[str, int]
    ) -> None:
        found = instances(files, f"instances: {{members: {{{members}}}}}")
        assert [(key, one.promotion_tier) for key, one in found.items()] == list(tiers.items())

    def test_keys_that_nobody_can_tell_apart_or_write_are_refused(self, files: Files) -> None:
        bad = ("A", "a-b", "a_b", "a.b", "", "x" * 16, "constructor")
        spec = f"instances: {{members: {{{', '.join(f'{key!r}: {{}}' for key in bad)}}}}}"
        problems = files.problems(manifests__orders=manifest(spec))
        assert {(p.code, p.path) for p in problems} == {("AF102", f"spec.instances.members.{key}") for key in bad}


class TestOrder:
    """The first instance of a cluster becomes its writer."""

    MEMBERS: Final = "members: {a: {promotionTier: 2}, b: {promotionTier: 0}, c: {}, d: {}}"

    @pytest.mark.parametrize(
        ("class_", "rolling", "expected"),
        [
            ("production", "", {"b": None, "c": "b", "d": "c", "a": "d"}),
            ("production", ", rolling: false", {"b": None, "c": "b", "d": "b", "a": "b"}),
            ("staging", "", {"b": None, "c": "b", "d": "b", "a": "b"}),
            ("staging", ", rolling: true", {"b": None, "c": "b", "d": "c", "a": "d"}),
            ("development", "", {"b": None, "c": "b", "d": "b", "a": "b"}),
        ],
    )
    def test_the_preferred_writer_is_made_first_and_the_others_one_by_one_or_at_once(
        self, files: Files, class_: str, rolling: str, expected: dict[str, str | None]
    ) -> None:
        found = instances(files, f"instances: {{{self.MEMBERS}{rolling}}}", environment(class_=class_))
        assert {key: one.after for key, one in found.items()} == expected

    @pytest.mark.parametrize("count", range(2, 17))
    def test_the_order_has_no_circle(self, files: Files, count: int) -> None:
        made = [*instances(files, f"instances: {{count: {count}}}").values()]
        assert made[0].after is None
        assert all(after.after == before.key for before, after in pairwise(made))


_KEYS: Final = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=15)


class TestZones:
    def test_instances_take_the_zones_of_their_subnets_in_turn(self, files: Files) -> None:
        found = instances(files, "instances: {count: 6}", with_zones())
        zones = [one.availability_zone for one in found.values()]
        assert zones == ["eu-west-1a", "eu-west-1b", "eu-west-1c"] * 2

    def test_words_take_their_turn_by_their_last_letter_and_others_by_their_number(self) -> None:
        zones = ("z1", "z2", "z3")
        assert [zone_of(key, zones) for key in ("a", "b", "c", "d", "1", "2", "3", "4", "x2", "reports", "0")] == [
            *("z1", "z2", "z3", "z1"),
            *("z1", "z2", "z3", "z1"),
            *("z2", "z1", "z3"),
        ]

    @settings(max_examples=200, deadline=None)
    @given(_KEYS, st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6, unique=True))
    def test_every_key_has_a_zone_whoever_else_is_there(self, key: str, zones: list[str]) -> None:
        assert zone_of(key, tuple(zones)) in zones
        assert zone_of(key, ()) is None

    def test_clusters_begin_in_different_zones(self) -> None:
        subnets = [Found(f"subnet-{letter}", letter) for letter in "cba"]
        known = {f"subnet-{letter}": f"eu-west-1{letter}" for letter in "abc"}
        begun = [zones_in_turn(subnets, known, f"prod-c{number}")[0] for number in range(300)]
        assert all(begun.count(zone) > 75 for zone in known.values())

    def test_a_zone_that_is_said_wins(self, files: Files) -> None:
        found = instances(files, "instances: {members: {1: {availabilityZone: eu-west-1c}, 2: {}}}", with_zones())
        assert [one.availability_zone for one in found.values()] == ["eu-west-1c", "eu-west-1b"]

    @pytest.mark.parametrize(
        ("spec", "zones"),
        [
            pytest.param("subnetIds: [subnet-0c, {value: subnet-0a}]", {"eu-west-1a", "eu-west-1c"}, id="of its own"),
            pytest.param("subnetIds: [subnet-0a, subnet-9z]", {None}, id="one that nobody knows"),
            pytest.param("dbSubnetGroupName: shared", {None}, id="an existing group"),
            pytest.param(
                "subnetIds: [{valueFrom: {kind: AwsVpc, name: v, fieldPath: ids}}]",
                {"eu-west-1a", "eu-west-1b"},
                id="listed",
            ),
            pytest.param(
                "subnetIds: [{valueFrom: {kind: AwsVpc, name: v, fieldPath: tags}}]", {None}, id="looked up by tags"
            ),
        ],
    )
    def test_they_are_those_of_the_subnets_in_use_where_all_are_known(
        self, files: Files, spec: str, zones: set[str | None]
    ) -> None:
        table = "{AwsVpc/v: {ids: [subnet-0a, subnet-0b], tags: {lookup: {subnets: {tier: db}}}}}"
        found = instances(files, spec, with_zones(spec=f"references: {table}"))
        assert {one.availability_zone for one in found.values()} == zones

    def test_the_zone_of_a_subnet_that_only_manifests_name_may_be_said(self, files: Files) -> None:
        known = KNOWN.replace("{", "{subnet-1a: eu-west-1a, subnet-1b: eu-west-1b, ")
        found = instances(files, "subnetIds: [subnet-1a, subnet-1b]", with_zones(known))
        assert {one.availability_zone for one in found.values()} == {"eu-west-1a", "eu-west-1b"}

    @pytest.mark.parametrize(
        ("known", "subnets", "expected"),
        [
            (
                KNOWN.replace("eu-west-1c", "eu-central-1c"),
                SUBNETS,
                'environments/prod.yaml:13:82 error[AF102] spec.network.availabilityZones.subnet-0c: "eu-central-1c" is'
                " not in eu-west-1, the Region of the environment -> write it as eu-west-1a",
            ),
            (
                KNOWN.replace(", subnet-0c: eu-west-1c", ""),
                SUBNETS,
                "environments/prod.yaml:13:5 error[AF101] spec.network.availabilityZones.subnet-0c: is missing:"
                " instances"
                " are placed where the zones of all subnets are known -> add it; its zone is shown by:"
                " aws ec2 describe-subnets --subnet-ids subnet-0c",
            ),
            (
                KNOWN.replace("eu-west-1b", "eu-west-1a").replace("eu-west-1c", "eu-west-1a"),
                SUBNETS,
                "environments/prod.yaml:12:16 error[AF106] spec.network.subnetIds: lists subnets of eu-west-1a alone,"
                " and"
                " a DB subnet group covers at least two Availability Zones -> list a subnet of another zone too;"
                " network.availabilityZones of the environment says where each one is",
            ),
        ],
    )
    def test_what_an_environment_says_of_zones_is_held_against_its_region_and_its_subnets(
        self, files: Files, known: str, subnets: str, expected: str
    ) -> None:
        assert lines(files.problems(environments__prod=with_zones(known, subnets=subnets))) == [expected]

    def test_a_production_cluster_in_one_zone_is_refused(self, files: Files) -> None:
        spec = "instances: {members: {1: {}, 4: {}}}"
        assert lines(files.problems(manifests__orders=manifest(spec), environments__prod=with_zones())) == [
            "manifests/orders.yaml:8:15 error[AF109] spec.instances.members: all 2 instances are in eu-west-1a; class"
            " production does not allow that: when the zone fails, nobody takes over -> give one of them, such as 4,"
            " availabilityZone: eu-west-1b"
        ]
        staging = files.problems(manifests__orders=manifest(spec), environments__prod=with_zones(class_="staging"))
        assert lines(staging) == []

    def test_subnets_of_one_zone_are_refused_where_the_manifest_names_them(self, files: Files) -> None:
        known = KNOWN.replace("{", "{subnet-1a: eu-west-1a, subnet-2a: eu-west-1a, ")
        spec = "subnetIds: [subnet-1a, subnet-2a]"
        assert [
            (p.code, p.path)
            for p in files.problems(manifests__orders=manifest(spec), environments__prod=with_zones(known))
        ] == [("AF106", "spec.subnetIds")]

    def test_networks_that_are_looked_up_have_no_zones(self, files: Files) -> None:
        env = with_zones(subnets="    subnetTags: {tier: db}\n")
        assert {one.availability_zone for one in instances(files, "", env).values()} == {None}
