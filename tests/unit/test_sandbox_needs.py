"""What stacks expect to find, read from golden stacks."""

import json
from pathlib import Path
from typing import Final

from auroraform.sandbox.documents import Document, in_order
from auroraform.sandbox.emulator.stock import Stock
from auroraform.sandbox.needs import needs

EXPECTED: Final = Path(__file__).parent.parent / "golden" / "expected"


def stacks(case: str) -> dict[str, Document]:
    files = sorted((EXPECTED / case).glob("*.tf.json"))
    return {path.name.removesuffix(".tf.json"): json.loads(path.read_text(encoding="utf-8")) for path in files}


def stocks(case: str, **zones: str) -> dict[tuple[str, str], Stock]:
    return {(stock.account_id, stock.region): stock for stock in needs(stacks(case), zones)}


def test_each_account_has_its_own_state_and_network() -> None:
    found = stocks("examples/shop")
    assert [*found] == [(account, "eu-west-1") for account in ("111122223333", "222233334444", "333344445555")]
    prod = found["333344445555", "eu-west-1"]
    assert (prod.buckets, prod.tables) == (("acme-terraform-state-prod",), ("terraform-locks",))
    data, shop = prod.vpcs
    # The manifest names subnets and no VPC, so that any will do that is not the environment's.
    assert [subnet.id for subnet in data.subnets] == ["subnet-abc123", "subnet-def456", "subnet-ghi789"]
    assert shop.id == "vpc-c3shop"
    assert [subnet.id for subnet in shop.subnets] == ["subnet-c3az1", "subnet-c3az2", "subnet-c3az3"]
    assert [group.id for vpc in prod.vpcs for group in vpc.security_groups] == ["sg-c3app"]


def test_what_is_looked_up_by_tags_has_them() -> None:
    dev = stocks("cases/network")["111122223333", "eu-west-1"]
    tagged = next(vpc for vpc in dev.vpcs if vpc.tags == {"Name": "shop"})
    assert sum(subnet.tags == {"tier": "database"} for subnet in tagged.subnets) == 3
    # As AWS has it, not as Terraform writes it.
    other = next(vpc for vpc in dev.vpcs if vpc.id == "vpc-0b")
    assert {tuple(subnet.tags.items()) for subnet in other.subnets} == {
        (("odd ${tag}", "%{value}"), ("tier", "isolated"))
    }
    assert set(dev.subnet_groups) == {"shared"}
    assert dev.prefix_lists == ("pl-0a1b2c3d", "pl-6da54004")


def test_values_kept_elsewhere_fit_where_they_are_used() -> None:
    dev = stocks("cases/network")["111122223333", "eu-west-1"]
    group = dev.parameters["/shop/batch/security-group"]
    assert group in {made.id for vpc in dev.vpcs for made in vpc.security_groups}
    outputs = json.loads(dev.objects["acme-network/network.tfstate"])["outputs"]
    assert outputs["offices"]["value"].startswith("pl-")
    staging = stocks("cases/lookups")["222233334444", "eu-west-1"]
    assert staging.parameters["/shop/aurora/key-arn"].startswith("arn:aws:kms:eu-west-1:222233334444:key/")


def test_secrets_have_their_arns_and_the_key_that_is_read() -> None:
    prod = stocks("cases/credentials")["111122223333", "eu-west-1"]
    secret = prod.secrets["arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/orders-AbCdEf"]
    assert json.loads(secret) == {"password": "sandbox-password"}
    # One whose ARN stands in a parameter is there too.
    assert prod.secrets[prod.parameters["/legacy/secret-arn"]] == "sandbox-password"
    assert prod.parameters["/shop/orders/password"] == "sandbox-password"
    assert [snapshot.name for snapshot in prod.snapshots] == ["nightly"]


def test_what_a_proxy_needs_is_there_and_in_the_network_of_its_cluster() -> None:
    dev = stocks("cases/proxy")["111122223333", "eu-west-1"]
    # It stands in a parameter, as the ARN of a secret and of nothing else.
    assert dev.parameters["/shop/catalog/secret-arn"].startswith(
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:"
    )
    legacy = next(vpc for vpc in dev.vpcs if vpc.id == dev.subnet_groups["legacy"])
    assert {subnet.id for subnet in legacy.subnets} == {"subnet-0c", "subnet-0d"}
    of_catalog = next(vpc for vpc in dev.vpcs if vpc.id == "vpc-0a")
    assert sum(subnet.tags == {"tier": "proxies"} for subnet in of_catalog.subnets) == 3
    assert "proxies" in dev.roles


def test_a_snapshot_that_is_exported_is_there() -> None:
    prod = stocks("cases/backups")["111122223333", "eu-west-1"]
    assert [snapshot.name for snapshot in prod.snapshots] == ["nightly"]


def test_roles_that_are_named_or_looked_up_are_there() -> None:
    users = stocks("cases/users")["111122223333", "eu-west-1"]
    assert users.roles == ("acme.orders+ci", users.parameters["/shop/reports/role-name"], "shop-orders")
    # Only a policy names it, as what may be read.
    assert users.parameters["/shop/search/secret-arn"].startswith("arn:aws:secretsmanager:eu-west-1:111122223333:")
    roles = stocks("cases/roles")["111122223333", "cn-north-1"]
    made_up = roles.parameters["/shop/models/role-arn"]
    assert made_up.startswith("arn:aws-cn:iam::111122223333:role/")
    assert set(roles.roles) == {"ask-models", "buckets", "call-lambda", made_up.rpartition("/")[2]}


def test_a_stack_comes_after_those_whose_state_it_reads() -> None:
    order = in_order(stacks("cases/per-cluster"))
    assert order.index("prod-orders") < order.index("prod-reports")
    assert order.index("dev-orders") < order.index("dev-reports")


def test_subnets_are_in_the_zones_that_the_environment_says() -> None:
    found = needs(stacks("examples/shop"), {"subnet-a1az1": "eu-west-1c"})
    zones = {subnet.id: subnet.availability_zone for vpc in found[0].vpcs for subnet in vpc.subnets}
    assert zones == {"subnet-a1az1": "eu-west-1c", "subnet-a1az2": "", "subnet-a1az3": ""}
