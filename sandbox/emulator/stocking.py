"""Put into moto what stacks expect to find, under the ids and names that they give it."""

from __future__ import annotations

import json
import re

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import Item
from moto.ec2.models import EC2Backend, ec2_backends, managed_prefixes
from moto.ec2.models import vpcs as vpc_models
from moto.iam.models import IAMBackend, iam_backends
from moto.kms import models as kms
from moto.kms.models import KmsBackend, kms_backends
from moto.rds.models import RDSBackend, rds_backends
from moto.s3.models import s3_backends
from moto.secretsmanager.models import SecretsManagerBackend, secretsmanager_backends
from moto.sns.models import sns_backends
from moto.ssm.models import SimpleSystemManagerBackend, ssm_backends
from moto.utilities.utils import get_partition

from auroraform.sandbox.emulator.network import Vpc
from auroraform.sandbox.emulator.patching import replace
from auroraform.sandbox.emulator.seed import SEEDING, next_id, plant_security_group, plant_subnet
from auroraform.sandbox.emulator.stock import Source, Stock

_TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})
_PASSWORD = "sandbox-password"  # noqa: S105 - of databases that do not exist


def put(stock: Stock) -> None:
    """Add what is missing, and take away locks that are left."""
    account, region, partition = stock.account_id, stock.region, get_partition(stock.region)
    ec2, rds = ec2_backends[account][region], rds_backends[account][region]
    with SEEDING:
        for vpc in stock.vpcs:
            _vpc(vpc, region, ec2)
        _prefix_lists(stock.prefix_lists, region, ec2)
        _keys(stock, kms_backends[account][region])
        _storage(stock, partition)
        _unlock(stock, partition)
        for topic in stock.topics:
            sns_backends[account][region].create_topic(topic)
        _roles(stock.roles, iam_backends[account][partition])
        _parameters(stock.parameters, ssm_backends[account][region])
        _secrets(stock.secrets, secretsmanager_backends[account][region])
        for name, vpc_id in stock.subnet_groups.items():
            if name not in rds.subnet_groups:
                subnets = ec2.describe_subnets(filters={"vpc-id": [vpc_id]})
                rds.create_subnet_group(name, "sandbox", subnets, [])
        _sources(stock, rds)


def _vpc(vpc: Vpc, region: str, ec2: EC2Backend) -> None:
    if vpc.id not in ec2.vpcs:
        with next_id(vpc_models, "random_vpc_id", vpc.id):
            ec2.create_vpc(vpc.cidr)
    ec2.create_tags([vpc.id], vpc.tags)
    known = {subnet.id for subnet in ec2.describe_subnets()} | {g.id for g in ec2.describe_security_groups()}
    for subnet in vpc.subnets:
        if subnet.id not in known:
            plant_subnet(subnet, vpc.id, region, ec2)
    for group in vpc.security_groups:
        if group.id not in known:
            plant_security_group(group, vpc.id, ec2)


def _prefix_lists(ids: tuple[str, ...], region: str, ec2: EC2Backend) -> None:
    for identifier in ids:
        if identifier not in ec2.managed_prefix_lists:
            with next_id(managed_prefixes, "random_managed_prefix_list_id", identifier):
                ec2.create_managed_prefix_list(
                    address_family="IPv4", entry=[], max_entries="1", prefix_list_name=region
                )


def _keys(stock: Stock, backend: KmsBackend) -> None:
    for identifier in stock.keys:
        if identifier not in backend.keys:
            with next_id(kms, "generate_key_id", identifier):
                _key(backend)
    known = {alias for key in backend.keys.values() for alias in key.aliases}
    for alias in stock.aliases:
        if alias not in known:
            backend.create_alias(_key(backend), alias)


def _key(backend: KmsBackend) -> str:
    return backend.create_key(None, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "sandbox", None).id


def _storage(stock: Stock, partition: str) -> None:
    s3 = s3_backends[stock.account_id][partition]
    for bucket in stock.buckets:
        if bucket not in s3.buckets:
            s3.create_bucket(bucket, stock.region)
    for path, text in stock.objects.items():
        bucket, _, key = path.partition("/")
        s3.put_object(bucket, key, text.encode())
    tables = dynamodb_backends[stock.account_id][stock.region]
    for table in stock.tables:
        if table not in tables.tables:
            tables.create_table(
                table,
                schema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
                throughput=None,
                attr=[{"AttributeName": "LockID", "AttributeType": "S"}],
                global_indexes=None,
                indexes=None,
                streams=None,
                billing_mode="PAY_PER_REQUEST",
                sse_specification=None,
                tags=[],
                deletion_protection_enabled=False,
                warm_throughput=None,
            )


def _unlock(stock: Stock, partition: str) -> None:
    """Take away locks of commands that were killed: whoever asks is alone."""
    s3, tables = s3_backends[stock.account_id][partition], dynamodb_backends[stock.account_id][stock.region]
    for bucket in stock.buckets:
        for key in [key for key in s3.buckets[bucket].keys if key.endswith(".tflock")]:
            s3.delete_object(bucket, key)
    for table in stock.tables:
        items = tables.tables[table].items
        for name in [name for name, item in items.items() if isinstance(item, Item) and "Info" in item.attrs]:
            del items[name]


def _roles(names: tuple[str, ...], backend: IAMBackend) -> None:
    known = {role.name for role in backend.roles.values()}
    for name in names:
        if name not in known:
            backend.create_role(name, _TRUST, "/", "", "sandbox", [], "3600")


def _parameters(values: dict[str, str], backend: SimpleSystemManagerBackend) -> None:
    for name, value in values.items():
        if not backend.get_parameters([name]):
            backend.put_parameter(name, "sandbox", value, "String", "", "", False, [], "text", None, None)  # noqa: FBT003


def _secrets(values: dict[str, str], backend: SecretsManagerBackend) -> None:
    known = {secret.arn for secret in dict.values(backend.secrets)}
    for arn, value in values.items():
        if arn not in known:
            # AWS ends the ARN of a secret with six letters of its own.
            name = re.sub(r"-[A-Za-z0-9]{6}$", "", arn.split(":secret:")[1])
            backend.create_secret(name, value, None, None, None, None, None, [], False)  # noqa: FBT003
            replace(backend.secrets[name], "arn", arn)


def _sources(stock: Stock, rds: RDSBackend) -> None:
    for source in stock.clusters:
        if source.name not in rds.clusters:
            _cluster(source, rds)
    for source in stock.snapshots:
        if source.name not in rds.cluster_snapshots:
            _cluster(source, rds)
            rds.create_db_cluster_snapshot(source.name, source.name)
            del rds.clusters[source.name]


def _cluster(source: Source, rds: RDSBackend) -> None:
    rds.create_db_cluster(
        {
            "db_cluster_identifier": source.name,
            "engine": source.engine,
            "engine_version": source.engine_version,
            "storage_encrypted": source.storage_encrypted,
            "master_username": "master",
            "master_user_password": _PASSWORD,
        }
    )
