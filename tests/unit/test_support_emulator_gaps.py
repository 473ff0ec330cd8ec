"""Each gap is closed in the emulator and still open in moto; one that moto closes can leave `gaps`."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, TypeAlias

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from support.emulator.process import REGION, Emulator

ROLE = "arn:aws:iam::111122223333:role/monitoring"
ABSENT = "absent"

# Type stubs are installed for EC2 only.
RdsClient: TypeAlias = Any
S3Client: TypeAlias = Any
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


def roles_of_a_cluster(engine: str, *features: str) -> Read:
    def read(rds: RdsClient) -> object:
        identifier = {"DBClusterIdentifier": "orders"}
        rds.create_db_cluster(**identifier, Engine=engine, MasterUsername="root", ManageMasterUserPassword=True)
        try:
            for number, feature in enumerate(features):
                rds.add_role_to_db_cluster(**identifier, RoleArn=f"{ROLE}{number}", FeatureName=feature)
            rds.remove_role_from_db_cluster(**identifier, RoleArn=f"{ROLE}0")
        except (ClientError, NotImplementedError) as error:
            return type(error).__name__
        return [role["RoleArn"] for role in rds.describe_db_clusters()["DBClusters"][0]["AssociatedRoles"]]

    return read


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
    case("roles of features", roles_of_a_cluster("aurora-postgresql", "s3Import", "Lambda"), expected=[f"{ROLE}1"]),
    case("roles without features", roles_of_a_cluster("aurora-mysql", "", ""), expected=[f"{ROLE}1"]),
    case("a feature of another engine", roles_of_a_cluster("aurora-mysql", "Lambda"), expected="ClientError"),
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


BUCKET = "acme-state"


def upload_through_tls(s3: S3Client) -> object:
    _make_bucket(s3)
    condition = {"Bool": {"aws:SecureTransport": "false"}}
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": condition}
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    try:
        s3.put_object(Bucket=BUCKET, Key="state", Body=b"{}")
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"]
    return "taken"


def kept_old_versions(s3: S3Client) -> object:
    _make_bucket(s3)
    expiration = {"NoncurrentDays": 90, "NewerNoncurrentVersions": 10}
    rule = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "NoncurrentVersionExpiration": expiration}
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    (shown,) = s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    return shown["NoncurrentVersionExpiration"].get("NewerNoncurrentVersions", ABSENT)


def _make_bucket(s3: S3Client) -> None:
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})


S3_GAPS = [
    case("conditions of a bucket policy", upload_through_tls, expected="taken"),
    case("old versions that are kept", kept_old_versions, expected=10),
]


@pytest.mark.parametrize(("read", "expected"), S3_GAPS)
def test_closed_in_s3(emulator: Emulator, read: Read, expected: object) -> None:
    with closing(boto3.client("s3", **emulator.client_options())) as s3:
        assert read(s3) == expected


@pytest.mark.parametrize(("read", "expected"), S3_GAPS)
def test_open_in_s3_of_moto(no_aws_account: None, read: Read, expected: object) -> None:
    with mock_aws(), closing(boto3.client("s3", region_name=REGION)) as s3:
        assert read(s3) != expected


def test_a_condition_that_the_emulator_does_not_know_is_refused(emulator: Emulator) -> None:
    condition = {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": condition}
    with closing(boto3.client("s3", **emulator.client_options())) as s3:
        _make_bucket(s3)
        s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
        with pytest.raises(ClientError, match="condition operator IpAddress"):
            s3.put_object(Bucket=BUCKET, Key="state", Body=b"{}")
