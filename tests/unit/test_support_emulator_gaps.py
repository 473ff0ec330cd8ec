"""Each gap is closed in the emulator and still open in moto; one that moto closes can leave `gaps`."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, TypeAlias

import boto3
import pytest
from moto import mock_aws

from support.emulator.process import REGION, Emulator

ROLE = "arn:aws:iam::111122223333:role/monitoring"
ABSENT = "absent"

# Type stubs are installed for EC2 only.
RdsClient: TypeAlias = Any
Read = Callable[[RdsClient], object]


def of_cluster(key: str, **settings: object) -> Read:
    def read(rds: RdsClient) -> object:
        rds.create_db_cluster(
            DBClusterIdentifier="orders",
            Engine="aurora-postgresql",
            MasterUsername="root",
            ManageMasterUserPassword=True,
            **settings,
        )
        return rds.describe_db_clusters()["DBClusters"][0].get(key, ABSENT)

    return read


def of_modified_cluster(key: str, **settings: object) -> Read:
    def read(rds: RdsClient) -> object:
        of_cluster(key)(rds)
        rds.modify_db_cluster(DBClusterIdentifier="orders", **settings)
        return rds.describe_db_clusters()["DBClusters"][0].get(key, ABSENT)

    return read


def of_instance(key: str, **settings: object) -> Read:
    def read(rds: RdsClient) -> object:
        of_cluster(key)(rds)
        rds.create_db_instance(
            DBInstanceIdentifier="orders-one",
            DBClusterIdentifier="orders",
            Engine="aurora-postgresql",
            DBInstanceClass="db.r6g.large",
            **settings,
        )
        return rds.describe_db_instances()["DBInstances"][0].get(key, ABSENT)

    return read


def source_of_parameter(rds: RdsClient) -> object:
    family = "aurora-postgresql16"
    rds.create_db_parameter_group(DBParameterGroupName="orders", DBParameterGroupFamily=family, Description="orders")
    parameter = {"ParameterName": "log_statement", "ParameterValue": "ddl", "ApplyMethod": "immediate"}
    rds.modify_db_parameter_group(DBParameterGroupName="orders", Parameters=[parameter])
    return rds.describe_db_parameters(DBParameterGroupName="orders")["Parameters"][0].get("Source", ABSENT)


def case(name: str, read: Read, *, expected: object) -> object:
    return pytest.param(read, expected, id=name)


GAPS = [
    case(
        "insights of a cluster",
        of_cluster("PerformanceInsightsEnabled", EnablePerformanceInsights=True),
        expected=True,
    ),
    case(
        "insights of a modified cluster",
        of_modified_cluster("PerformanceInsightsEnabled", EnablePerformanceInsights=True),
        expected=True,
    ),
    case(
        "insights of an instance",
        of_instance("PerformanceInsightsEnabled", EnablePerformanceInsights=True),
        expected=True,
    ),
    case(
        "retention of insights",
        of_cluster("PerformanceInsightsRetentionPeriod", PerformanceInsightsRetentionPeriod=465),
        expected=465,
    ),
    case(
        "key of insights",
        of_instance("PerformanceInsightsKMSKeyId", PerformanceInsightsKMSKeyId="key"),
        expected="key",
    ),
    case(
        "Database Insights",
        of_cluster("DatabaseInsightsMode", DatabaseInsightsMode="advanced"),
        expected="advanced",
    ),
    case(
        "monitoring interval",
        of_cluster("MonitoringInterval", MonitoringInterval=60, MonitoringRoleArn=ROLE),
        expected=60,
    ),
    case(
        "monitoring role",
        of_cluster("MonitoringRoleArn", MonitoringInterval=60, MonitoringRoleArn=ROLE),
        expected=ROLE,
    ),
    case(
        "lifecycle support",
        of_cluster("EngineLifecycleSupport", EngineLifecycleSupport="open-source-rds-extended-support"),
        expected="open-source-rds-extended-support",
    ),
    case("scaling configuration", of_cluster("ScalingConfigurationInfo"), expected=ABSENT),
    case("Data API", of_cluster("HttpEndpointEnabled", EnableHttpEndpoint=True), expected=True),
    case("I/O-Optimized", of_cluster("StorageType", StorageType="aurora-iopt1"), expected="aurora-iopt1"),
    case("source of a parameter", source_of_parameter, expected="user"),
]


@pytest.fixture
def rds(emulator: Emulator) -> Iterator[RdsClient]:
    with closing(boto3.client("rds", **emulator.client_options())) as client:
        yield client


@pytest.fixture
def plain_rds(no_aws_account: None) -> Iterator[RdsClient]:
    with mock_aws(), closing(boto3.client("rds", region_name=REGION)) as client:
        yield client


@pytest.mark.parametrize(("read", "expected"), GAPS)
def test_closed(rds: RdsClient, read: Read, expected: object) -> None:
    assert read(rds) == expected


@pytest.mark.parametrize(("read", "expected"), GAPS)
def test_open_in_moto(plain_rds: RdsClient, read: Read, expected: object) -> None:
    try:
        answer = read(plain_rds)
    except KeyError:
        return  # moto crashed, which is a gap too
    assert answer != expected
