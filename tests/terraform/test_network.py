"""The network of a cluster, applied to a local AWS: dual stack, subnets by tags, rules of every kind, both ways."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest

from auroraform.sandbox.emulator.network import SecurityGroup, Subnet, Vpc
from auroraform.sandbox.emulator.process import Emulator
from auroraform.stacks.synth import synthesize
from support.terraform import Stack, TerraformError
from support.terraform_discovery import Tool
from support.workspaces import Files, environment, lines, manifest

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

pytestmark = [pytest.mark.terraform, pytest.mark.slow, pytest.mark.xdist_group("network")]

NETWORK: Final = Vpc(
    id="vpc-0net",
    subnets=(
        Subnet(id="subnet-0iso1", cidr="10.0.1.0/24", tags={"tier": "isolated"}),
        Subnet(id="subnet-0iso2", cidr="10.0.2.0/24", tags={"tier": "isolated"}),
        Subnet(id="subnet-0pub1", cidr="10.0.3.0/24", tags={"tier": "public"}),
    ),
    security_groups=(
        SecurityGroup(id="sg-0app", name="apps"),
        SecurityGroup(id="sg-0batch", name="batch"),
        SecurityGroup(id="sg-0shared", name="databases"),
    ),
    tags={"Name": "shop"},
)
DEV: Final = (
    environment("dev", "development")
    .replace("vpcId: vpc-0a", "vpcTags: {Name: shop}")
    .replace("    subnetIds: [subnet-0a, subnet-0b, subnet-0c]\n", "")
)
RULES: Final = """\
networkType: DUAL
subnetTags: {{tier: isolated}}
allowedCidrBlocks: [10.1.0.0/16]
securityGroup:
  rules:
    office: {{cidrIpv4: 192.168.7.0/24, description: "the office (${{x}})"}}
    office-v6: {{cidrIpv6: "2001:DB8:7:0::/64"}}
    partners: {{prefixListId: {prefix_list}}}
    batch: {{securityGroupId: sg-0batch}}
    babelfish: {{securityGroupId: sg-0app, fromPort: 1433}}
    peers: {{self: true}}
  egress:
    partners: {{prefixListId: {prefix_list}, fromPort: 443}}
    peers: {{self: true, fromPort: 5432}}
    warehouse: {{cidrIpv4: 10.4.0.0/16, fromPort: 5432, toPort: 5439}}
    warehouse-v6: {{cidrIpv6: "2001:db8:4::/48", fromPort: 5432}}
    billing: {{securityGroupId: sg-0batch, fromPort: 3306}}
"""
EXISTING: Final = """\
subnetTags: {tier: isolated}
associateSecurityGroupIds: [sg-0shared]
securityGroup: {managed: false}
"""


@pytest.fixture
def prefix_list(ec2: "EC2Client", emulator: Emulator) -> str:
    """A prefix list in the network that the tests are about."""
    emulator.seed(NETWORK)
    made = ec2.create_managed_prefix_list(PrefixListName="partners", MaxEntries=5, AddressFamily="IPv4")
    return made["PrefixList"]["PrefixListId"]


def synthesized(folder: Path, **manifests: str) -> Path:
    """The folder of the one stack that manifests become."""
    shutil.rmtree(folder, ignore_errors=True)
    outcome = synthesize(Files(folder / "workspace").write(environments__dev=DEV, **manifests), folder / "out")
    assert lines(outcome.problems) == []
    return folder / "out/stacks/dev"


def rules_of(ec2: "EC2Client", group: str) -> set[tuple[Any, ...]]:
    """What EC2 lets pass: the direction, the ports, and whom."""
    found = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])["SecurityGroupRules"]
    sources = ("CidrIpv4", "CidrIpv6", "PrefixListId")
    return {
        (
            "out" if rule["IsEgress"] else "in",
            rule["FromPort"],
            rule["ToPort"],
            next(
                (rule[name] for name in sources if rule.get(name)),  # type: ignore[literal-required]
                rule.get("ReferencedGroupInfo", {}).get("GroupId"),
            ),
        )
        for rule in found
    }


def test_a_dual_stack_cluster_with_rules_of_every_kind_lives_and_settles(
    tmp_path: Path, emulator: Emulator, ec2: "EC2Client", prefix_list: str, terraform: Tool
) -> None:
    own = RULES.format(prefix_list=prefix_list)
    source = synthesized(
        tmp_path / "first",
        manifests__orders=manifest(own),
        manifests__existing=manifest(EXISTING, name="existing"),
    )
    stack = Stack.copy(source, tmp_path / "work", terraform, emulator.environment())
    stack.init()

    plan = stack.plan()
    document = stack.show(plan)
    assert set(document.actions().values()) == {("create",)}
    assert document.after("aws_rds_cluster.orders")["network_type"] == "DUAL"
    assert document.after("aws_db_subnet_group.orders")["subnet_ids"] == ["subnet-0iso1", "subnet-0iso2"]
    assert document.after("aws_rds_cluster.existing")["vpc_security_group_ids"] == ["sg-0shared"]
    assert [address for address in document.actions() if "existing" in address and "security_group" in address] == []

    stack.apply(plan)
    again = stack.plan()
    assert not again.changed, stack.show(again).actions()

    group = stack.outputs()["orders_rds_security_group"].value
    assert isinstance(group, str)
    assert rules_of(ec2, group) == {
        ("in", 5432, 5432, "sg-0app"),
        ("in", 5432, 5432, "10.1.0.0/16"),
        ("in", 5432, 5432, "192.168.7.0/24"),
        ("in", 5432, 5432, "2001:db8:7::/64"),
        ("in", 5432, 5432, prefix_list),
        ("in", 5432, 5432, "sg-0batch"),
        ("in", 1433, 1433, "sg-0app"),
        ("in", 5432, 5432, group),
        ("out", 443, 443, prefix_list),
        ("out", 5432, 5432, group),
        ("out", 5432, 5439, "10.4.0.0/16"),
        ("out", 5432, 5432, "2001:db8:4::/48"),
        ("out", 3306, 3306, "sg-0batch"),
    }
    with closing(boto3.client("rds", **emulator.client_options())) as rds:
        clusters = {c["DBClusterIdentifier"]: c for c in rds.describe_db_clusters()["DBClusters"]}
    attached = {
        name: [g["VpcSecurityGroupId"] for g in cluster["VpcSecurityGroups"]] for name, cluster in clusters.items()
    }
    assert attached == {"dev-orders": [group], "dev-existing": ["sg-0shared"]}
    assert clusters["dev-orders"]["NetworkType"] == "DUAL"

    # Back to IPv4: the cluster stays, and of the rules only those change that are about it.
    ipv4 = "\n".join(line for line in own.replace("DUAL", "IPV4").splitlines() if "v6" not in line)
    changed = synthesized(
        tmp_path / "second",
        manifests__orders=manifest(ipv4.replace("192.168.7.0/24", "192.168.8.0/24")),
        manifests__existing=manifest(EXISTING, name="existing"),
    )
    shutil.copy(changed / "cdk.tf.json", stack.folder / "cdk.tf.json")
    actions = stack.show(stack.plan()).actions()
    assert {address: action for address, action in actions.items() if action != ("no-op",)} == {
        "aws_rds_cluster.orders": ("update",),
        "aws_vpc_security_group_ingress_rule.orders_office": ("update",),
        "aws_vpc_security_group_ingress_rule.orders_office-v6": ("delete",),
        "aws_vpc_security_group_egress_rule.orders_warehouse-v6": ("delete",),
    }

    stack.destroy()


def test_tags_that_find_too_few_subnets_end_the_plan(
    tmp_path: Path, emulator: Emulator, prefix_list: str, terraform: Tool
) -> None:
    source = synthesized(tmp_path / "few", manifests__orders=manifest("subnetTags: {tier: public}"))
    stack = Stack.copy(source, tmp_path / "work", terraform, emulator.environment())
    stack.init()
    with pytest.raises(TerraformError) as caught:
        stack.plan()
    said = " ".join(caught.value.output.replace("│", " ").split())
    assert "These tags find fewer than the 2 subnets that a DB subnet group needs." in said
