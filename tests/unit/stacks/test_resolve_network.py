"""Who may connect and from where: rules with names, existing groups only, subnets by tags, Regions that are none."""

from typing import Final

import pytest

from auroraform.schemas.resolved.expressions import Expression
from auroraform.schemas.resolved.network import SecurityGroupRule, VpcId, VpcOfSubnet
from auroraform.stacks.resolve import ResolvedStack
from support.workspaces import Files, environment, lines, managed_group, manifest

SUBNETS: Final = "    subnetIds: [subnet-0a, subnet-0b, subnet-0c]\n"
VPC: Final = "    vpcId: vpc-0a\n"


def rules(files: Files, spec: str, environment_spec: str = "") -> dict[str, SecurityGroupRule]:
    group = files.security_group(
        environments__prod=environment(spec=environment_spec), manifests__orders=manifest(spec)
    )
    return {rule.key: rule for rule in group.ingress if rule.key != "sg-0app"} | {
        f"egress {rule.key}": rule for rule in group.egress
    }


class TestNamedRules:
    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            ("cidrIpv4: 10.0.0.7", {"cidr_ipv4": "10.0.0.7/32", "description": "from 10.0.0.7/32"}),
            ("cidrIpv6: 2001:DB8::/32", {"cidr_ipv6": "2001:db8::/32", "description": "from 2001:db8::/32"}),
            ("prefixListId: pl-0a", {"prefix_list_id": "pl-0a", "description": "from pl-0a"}),
            (
                "securityGroupId: {value: sg-0a}",
                {"referenced_security_group_id": "sg-0a", "description": "from sg-0a"},
            ),
            ("self: true", {"is_self": True, "description": "from itself"}),
            ("self: true, description: replicas", {"is_self": True, "description": "replicas"}),
        ],
    )
    def test_a_rule_of_each_source_is_for_the_port_of_the_cluster(
        self, files: Files, rule: str, expected: dict[str, object]
    ) -> None:
        found = rules(files, f"networkType: DUAL\nport: 6432\nsecurityGroup: {{rules: {{office: {{{rule}}}}}}}")
        ports: dict[str, int] = {"from_port": 6432, "to_port": 6432}
        assert found == {"office": SecurityGroupRule(key="office", **(ports | expected))}  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("ports", "expected"), [("fromPort: 1433", (1433, 1433)), ("fromPort: 7000, toPort: 7010", (7000, 7010))]
    )
    def test_a_rule_can_be_for_other_ports(self, files: Files, ports: str, expected: tuple[int, int]) -> None:
        found = rules(files, f"securityGroup: {{rules: {{office: {{self: true, {ports}}}}}}}")["office"]
        assert (found.from_port, found.to_port) == expected

    def test_nothing_leaves_but_by_a_rule(self, files: Files) -> None:
        assert files.security_group().egress == ()
        spec = "securityGroup: {egress: {s3: {prefixListId: pl-0a, fromPort: 443}}}"
        assert rules(files, spec) == {
            "egress s3": SecurityGroupRule(
                key="s3", description="to pl-0a", from_port=443, to_port=443, prefix_list_id="pl-0a"
            )
        }

    def test_layers_add_change_and_remove_rules_by_name(self, files: Files) -> None:
        found = rules(
            files,
            "securityGroup: {rules: {vpn: {description: own words}, office: {cidrIpv4: 10.2.0.0/16}}}",
            """
            defaults: {securityGroup: {rules: {vpn: {cidrIpv4: 10.1.0.0/16}, all: {cidrIpv4: 10.0.0.0/16}}}}
            overrides: {orders: {securityGroup: {rules: {all: null}}}}
            """,
        )
        assert {key: (rule.cidr_ipv4, rule.description) for key, rule in found.items()} == {
            "vpn": ("10.1.0.0/16", "own words"),
            "office": ("10.2.0.0/16", "from 10.2.0.0/16"),
        }

    def test_a_name_that_is_none_is_told_where_it_stands(self, files: Files) -> None:
        (problem,) = files.problems(
            manifests__orders=manifest('securityGroup:\n  rules:\n    "The Office": {self: true}')
        )
        assert lines((problem,)) == [
            'manifests/orders.yaml:10:7 error[AF102] spec.securityGroup.rules.The Office: "The Office" is not a name'
            " that AWS and Terraform take -> use lower-case letters, digits and single hyphens, a letter first, no"
            " hyphen at the end"
        ]

    def test_an_unknown_field_of_a_rule_is_told_the_one_that_was_meant(self, files: Files) -> None:
        (problem,) = files.problems(manifests__orders=manifest("securityGroup: {rules: {office: {cidr4: x}}}"))
        assert (problem.path, problem.help) == ("spec.securityGroup.rules.office.cidr4", "did you mean cidrIpv4?")

    @pytest.mark.parametrize(
        "description", ["", "dé", "a\tb", "x" * 256, "50% of it"], ids=["empty", "accent", "tab", "long", "percent"]
    )
    def test_a_description_that_ec2_refuses_is_refused(self, files: Files, description: str) -> None:
        spec = f"securityGroup: {{rules: {{office: {{self: true, description: {description!r}}}}}}}"
        (problem,) = files.problems(manifests__orders=manifest(spec))
        assert problem.message.endswith("is not a description that EC2 takes")

    def test_a_long_name_leaves_the_description_of_the_group_within_what_ec2_takes(self, files: Files) -> None:
        name = "x" * 300
        group = files.security_group(manifests__orders=manifest(name=name, metadata="id: short"))
        assert len(group.description) == 255


class TestClashes:
    """EC2 refuses a second rule of the same source and ports, in the middle of an apply."""

    def clashes(self, files: Files, spec: str, environment_spec: str = "") -> list[str]:
        problems = files.problems(
            environments__prod=environment(spec=environment_spec), manifests__orders=manifest(spec)
        )
        assert {problem.code for problem in problems} <= {"AF105"}
        return [f"{problem.path}: {problem.message}" for problem in problems]

    @pytest.mark.parametrize(
        ("spec", "other"),
        [
            ("allowedCidrBlocks: [10.0.0.0/8]\n{a: {cidrIpv4: 10.0.0.0/8}}", "that of allowedCidrBlocks"),
            ("securityGroupIds: [sg-0b]\n{a: {securityGroupId: sg-0b}}", "that of securityGroupIds"),
            ("{a: {securityGroupId: sg-0app}}", "that of network.applicationSecurityGroupIds of the environment"),
            ("{a: {securityGroupId: {value: sg-0app}, fromPort: 5432}}", "that of network.applicationSecurityGroupIds"),
            ("{b: {self: true}, a: {self: true}}", "securityGroup.rules.b"),
            ("{b: {cidrIpv6: '2001:db8::/32'}, a: {cidrIpv6: '2001:DB8:0::/32'}}", "securityGroup.rules.b"),
            ("{b: {prefixListId: pl-a, fromPort: 9}, a: {prefixListId: pl-a, fromPort: 9, toPort: 9}}", "….rules.b"),
            (
                "{b: {self: true}, a: {securityGroupId: {valueFrom: {kind: AwsRdsCluster, name: orders, fieldPath:"
                " status.outputs.rds_security_group}}}}",
                "securityGroup.rules.b",
            ),
        ],
    )
    def test_two_rules_of_one_meaning_are_refused(self, files: Files, spec: str, other: str) -> None:
        *lists, named = spec.split("\n")
        text = "\n".join(["networkType: DUAL", *lists, f"securityGroup: {{rules: {named}}}"])
        (clash,) = self.clashes(files, text)
        assert clash.startswith("spec.securityGroup.rules.a: is the same rule as")
        assert other.removeprefix("…") in clash

    def test_two_ways_out_of_one_meaning_are_refused(self, files: Files) -> None:
        spec = "securityGroup: {egress: {b: {self: true, fromPort: 1}, a: {self: true, fromPort: 1}}}"
        assert self.clashes(files, spec) == [
            "spec.securityGroup.egress.a: is the same rule as securityGroup.egress.b; EC2 refuses a second one of the"
            " same source and ports"
        ]

    @pytest.mark.parametrize(
        "named",
        [
            "rules: {a: {self: true}, b: {self: true, fromPort: 1433}}",
            "rules: {a: {self: true}}, egress: {a: {self: true, fromPort: 5432}}",
            "rules: {a: {cidrIpv4: 10.0.0.0/8}, b: {cidrIpv4: 10.0.0.0/9}}",
            "rules: {a: {securityGroupId: sg-0app, fromPort: 1433}}",
        ],
    )
    def test_rules_that_differ_in_port_source_or_direction_stand_side_by_side(self, files: Files, named: str) -> None:
        assert self.clashes(files, f"securityGroup: {{{named}}}") == []

    @pytest.mark.parametrize(
        ("lists", "name", "other"),
        [
            ("", "sg-0app", "from sg-0app"),
            ("allowedCidrBlocks: [10.0.0.0/8]\n", "cidr-10-0-0-0-8", "from 10.0.0.0/8"),
        ],
    )
    def test_a_name_that_would_take_the_address_of_another_rule_is_refused(
        self, files: Files, lists: str, name: str, other: str
    ) -> None:
        assert self.clashes(files, f"{lists}securityGroup: {{rules: {{{name}: {{self: true}}}}}}") == [
            f"spec.securityGroup.rules.{name}: is called like the rule {other}, and would have its Terraform address"
        ]


class TestExistingGroupsOnly:
    SPEC: Final = "associateSecurityGroupIds: [sg-0z]\nsecurityGroup: {managed: false}"

    def test_nothing_is_made_and_no_vpc_looked_up(self, files: Files) -> None:
        text = environment().replace(VPC, "")
        found = files.cluster(environments__prod=text, manifests__orders=manifest(self.SPEC))
        assert (found.security_group, found.associated_security_group_ids) == (None, ("sg-0z",))

    @pytest.mark.parametrize("env", ["", ", env: dev"], ids=["in the stack", "in another stack"])
    def test_a_reference_to_the_group_that_is_not_made_is_told(self, files: Files, env: str) -> None:
        reference = f"kind: AwsRdsCluster, name: other, fieldPath: status.outputs.rds_security_group{env}"
        problems = files.problems(
            manifests__orders=manifest(f"securityGroupIds: [{{valueFrom: {{{reference}}}}}]", metadata="env: prod"),
            manifests__other=manifest(self.SPEC, name="other"),
            environments__dev=environment("dev", "development"),
        )
        where = "dev" if env else "prod"
        assert lines(problems) == [
            "manifests/orders.yaml:9:23 error[AF301] spec.securityGroupIds[0]: no security group is made for the"
            f" cluster other in {where}: its securityGroup.managed is false -> name one of its"
            " associateSecurityGroupIds"
        ]

    def test_a_reference_is_fine_where_another_layer_has_the_group_made(self, files: Files) -> None:
        reference = "kind: AwsRdsCluster, name: other, fieldPath: status.outputs.rds_security_group"
        outcome = files.outcome(
            manifests__orders=manifest(f"securityGroupIds: [{{valueFrom: {{{reference}}}}}]"),
            manifests__other=manifest(self.SPEC, name="other"),
            environments__prod=environment(spec="overrides: {other: {securityGroup: {managed: true}}}"),
        )
        assert lines(outcome.problems) == []


def stack(files: Files, network: str = environment(), **manifests: str) -> ResolvedStack:
    outcome = files.outcome(environments__prod=network, **manifests)
    assert lines(outcome.problems) == []
    (found,) = outcome.stacks
    return found


class TestSubnetsByTags:
    SPEC: Final = "subnetTags: {tier: isolated}"

    def test_they_are_looked_up_in_the_vpc_of_the_environment(self, files: Files) -> None:
        found = stack(files, manifests__orders=manifest(self.SPEC))
        (lookup,) = found.lookups
        assert (lookup.type, lookup.label) == ("aws_subnets", "by_tier_isolated")
        assert lookup.arguments["filter"] == [{"name": "vpc-id", "values": ["vpc-0a"]}]
        (cluster,) = found.clusters
        assert managed_group(cluster).vpc == VpcId("vpc-0a")
        assert cluster.subnet_group is not None
        assert cluster.subnet_group.subnet_ids == Expression("data.aws_subnets.by_tier_isolated.ids")

    def test_they_are_looked_up_in_a_vpc_of_their_own(self, files: Files) -> None:
        found = stack(files, manifests__orders=manifest(f"{self.SPEC}\nvpcId: vpc-0b"))
        assert found.lookups[0].arguments["filter"] == [{"name": "vpc-id", "values": ["vpc-0b"]}]
        assert managed_group(found.clusters[0]).vpc == VpcId("vpc-0b")

    def test_without_a_vpc_they_are_looked_up_in_the_region_and_tell_it(self, files: Files) -> None:
        found = stack(files, environment().replace(VPC, ""), manifests__orders=manifest(self.SPEC))
        assert "filter" not in found.lookups[0].arguments
        assert managed_group(found.clusters[0]).vpc == VpcOfSubnet(
            Expression("data.aws_subnets.by_tier_isolated.ids[0]")
        )

    def test_clusters_with_the_same_subnets_share_one_lookup(self, files: Files) -> None:
        found = stack(files, manifests__orders=manifest(self.SPEC), manifests__other=manifest(self.SPEC, name="other"))
        assert [(lookup.type, lookup.label) for lookup in found.lookups] == [("aws_subnets", "by_tier_isolated")]

    def test_tags_of_the_environment_are_looked_up_once(self, files: Files) -> None:
        network = environment().replace(SUBNETS, "    subnetTags: {tier: isolated}\n")
        found = stack(files, network, manifests__orders=manifest(self.SPEC))
        assert [(lookup.type, lookup.label) for lookup in found.lookups] == [("aws_subnets", "network")]

    def test_it_is_enough_that_the_manifest_has_subnets(self, files: Files) -> None:
        found = stack(files, environment().replace(SUBNETS, ""), manifests__orders=manifest(self.SPEC))
        assert len(found.lookups) == 1

    def test_layers_merge_tags(self, files: Files) -> None:
        found = stack(
            files,
            environment(spec="defaults: {subnetTags: {team: data, stage: prod}}"),
            manifests__orders=manifest("subnetTags: {tier: isolated, stage: null}"),
        )
        assert found.lookups[0].arguments["tags"] == {"team": "data", "tier": "isolated"}

    def test_a_label_is_made_of_what_tags_may_hold(self, files: Files) -> None:
        found = stack(files, manifests__orders=manifest('subnetTags: {"Größe ${x}": "9-ä/é"}'))
        assert found.lookups[0].label == "by_Gr_e_x_9"

    def test_no_tags_are_no_way_to_find_subnets(self, files: Files) -> None:
        assert lines(files.problems(manifests__orders=manifest("subnetTags: {}"))) == [
            "manifests/orders.yaml:8:3 error[AF102] spec.subnetTags: this mapping is empty -> give one or more, or"
            " delete it"
        ]


class TestRegions:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (
                "region: eu-west-1",
                "region: eu-wset-1",
                '7:11 warning[AF111] spec.region: "eu-wset-1" is not among the Regions of 2026-08-19, the date of the'
                " list here -> all is well if AWS has it; did you mean eu-west-1?",
            ),
            (
                "bucket: acme-state,",
                "bucket: acme-state, region: xx-nowhere-1,",
                '9:52 warning[AF111] spec.state.region: "xx-nowhere-1" is not among the Regions of 2026-08-19, the date'
                " of the list here -> all is well if AWS has it",
            ),
            (
                "  network:",
                "  references: {A/b: {c: {remoteState: {bucket: s, key: k, output: o, region: eu-west-9}}}}\n"
                "  network:",
                '10:78 warning[AF111] spec.references.A/b.c.remoteState.region: "eu-west-9" is not among the Regions of'
                " 2026-08-19, the date of the list here -> all is well if AWS has it; did you mean eu-west-3?",
            ),
        ],
    )
    def test_one_that_is_not_in_the_list_is_a_warning(self, files: Files, old: str, new: str, expected: str) -> None:
        outcome = files.outcome(environments__prod=environment().replace(old, new))
        assert lines(outcome.problems) == [f"environments/prod.yaml:{expected}"]
        assert len(outcome.stacks) == 1

    def test_what_is_in_another_region_is_told(self, files: Files) -> None:
        arn = "arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-0b"
        problems = files.problems(environments__prod=environment().replace("subnet-0b", arn))
        assert lines(problems) == [
            f'environments/prod.yaml:12:28 error[AF102] spec.network.subnetIds[1]: "{arn}" is in eu-central-1, and the'
            " environment in eu-west-1 -> name one that is in eu-west-1"
        ]
