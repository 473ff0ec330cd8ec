"""Custom endpoints and tags of scalable targets: in the emulator, and still missing from moto."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final, TypeAlias

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from auroraform.sandbox.emulator.process import REGION, Emulator

# Type stubs are installed for EC2 only.
RdsClient: TypeAlias = Any
AutoscalingClient: TypeAlias = Any

TARGET: Final = {
    "ServiceNamespace": "rds",
    "ResourceId": "cluster:orders",
    "ScalableDimension": "rds:cluster:ReadReplicaCount",
}


@pytest.fixture
def rds(emulator: Emulator) -> Iterator[RdsClient]:
    with closing(boto3.client("rds", **emulator.client_options())) as client:
        client.create_db_cluster(
            DBClusterIdentifier="orders", Engine="aurora-mysql", MasterUsername="root", ManageMasterUserPassword=True
        )
        for key in ("one", "two"):
            client.create_db_instance(
                DBInstanceIdentifier=key,
                DBClusterIdentifier="orders",
                Engine="aurora-mysql",
                DBInstanceClass="db.r6g.large",
            )
        yield client


@pytest.fixture
def autoscaling(emulator: Emulator) -> Iterator[AutoscalingClient]:
    with closing(boto3.client("application-autoscaling", **emulator.client_options())) as client:
        yield client


def create(rds: RdsClient, identifier: str = "reports", **more: object) -> None:
    rds.create_db_cluster_endpoint(
        DBClusterIdentifier="orders", DBClusterEndpointIdentifier=identifier, EndpointType="READER", **more
    )


def described(rds: RdsClient, identifier: str = "reports") -> dict[str, Any]:
    (found,) = rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier=identifier)["DBClusterEndpoints"]
    return dict(found)


class TestEndpoints:
    def test_one_is_kept_with_its_members_and_tags(self, rds: RdsClient) -> None:
        create(rds, StaticMembers=["one"], Tags=[{"Key": "team", "Value": "shop"}])
        found = described(rds)
        names = ("DBClusterIdentifier", "EndpointType", "CustomEndpointType", "Status", "StaticMembers")
        assert [found[name] for name in names] == ["orders", "CUSTOM", "READER", "available", ["one"]]
        tags = rds.list_tags_for_resource(ResourceName=found["DBClusterEndpointArn"])["TagList"]
        assert tags == [{"Key": "team", "Value": "shop"}]

    def test_members_are_changed_and_a_list_takes_the_place_of_the_other(self, rds: RdsClient) -> None:
        create(rds, StaticMembers=["one"])
        rds.modify_db_cluster_endpoint(
            DBClusterEndpointIdentifier="reports", EndpointType="ANY", StaticMembers=[], ExcludedMembers=["two"]
        )
        found = described(rds)
        assert [found[name] for name in ("CustomEndpointType", "StaticMembers", "ExcludedMembers")] == [
            "ANY",
            [],
            ["two"],
        ]

    def test_an_empty_list_empties_nothing(self, rds: RdsClient) -> None:
        create(rds, ExcludedMembers=["one"])
        rds.modify_db_cluster_endpoint(DBClusterEndpointIdentifier="reports", ExcludedMembers=[])
        assert described(rds)["ExcludedMembers"] == ["one"]

    def test_one_is_gone_when_it_is_deleted(self, rds: RdsClient) -> None:
        create(rds)
        rds.delete_db_cluster_endpoint(DBClusterEndpointIdentifier="reports")
        assert rds.describe_db_cluster_endpoints()["DBClusterEndpoints"] == []

    @pytest.mark.parametrize(
        ("more", "error"),
        [
            ({"StaticMembers": ["three"]}, "DBInstanceNotFound"),
            ({"DBClusterEndpointIdentifier": "e0"}, "DBClusterEndpointAlreadyExistsFault"),
            ({"DBClusterEndpointIdentifier": "e5"}, "DBClusterEndpointQuotaExceededFault"),
            ({"DBClusterIdentifier": "other"}, "DBClusterNotFoundFault"),
        ],
    )
    def test_what_rds_refuses_is_refused(self, rds: RdsClient, more: dict[str, object], error: str) -> None:
        for number in range(5 if "EndpointIdentifier" in str(more) else 0):
            create(rds, f"e{number}")
        asked = {"DBClusterIdentifier": "orders", "DBClusterEndpointIdentifier": "reports", "EndpointType": "ANY"}
        with pytest.raises(ClientError, match=error):
            rds.create_db_cluster_endpoint(**(asked | more))

    @pytest.mark.parametrize("call", ["modify_db_cluster_endpoint", "delete_db_cluster_endpoint"])
    def test_one_that_is_not_there_is_told(self, rds: RdsClient, call: str) -> None:
        with pytest.raises(ClientError, match="DBClusterEndpointNotFoundFault"):
            getattr(rds, call)(DBClusterEndpointIdentifier="reports")

    @pytest.mark.usefixtures("no_aws_account")
    def test_moto_lacks_them(self) -> None:
        with (
            mock_aws(),
            closing(boto3.client("rds", region_name=REGION)) as client,
            pytest.raises(NotImplementedError),
        ):
            client.describe_db_cluster_endpoints()


class TestTagsOfScalableTargets:
    def test_they_are_kept_and_changed(self, autoscaling: AutoscalingClient) -> None:
        arn = autoscaling.register_scalable_target(
            **TARGET, MinCapacity=1, MaxCapacity=2, Tags={"team": "shop", "old": "1"}
        )["ScalableTargetARN"]
        autoscaling.tag_resource(ResourceARN=arn, Tags={"cost": "42"})
        autoscaling.untag_resource(ResourceARN=arn, TagKeys=["old"])
        assert autoscaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"team": "shop", "cost": "42"}

    def test_a_target_that_is_there_is_not_tagged_by_a_registration(self, autoscaling: AutoscalingClient) -> None:
        autoscaling.register_scalable_target(**TARGET, MinCapacity=1, MaxCapacity=2)
        with pytest.raises(ClientError, match="already exists"):
            autoscaling.register_scalable_target(**TARGET, MinCapacity=1, MaxCapacity=2, Tags={"team": "shop"})

    @pytest.mark.usefixtures("no_aws_account")
    def test_moto_lacks_them(self) -> None:
        with (
            mock_aws(),
            closing(boto3.client("application-autoscaling", region_name=REGION)) as client,
        ):
            arn = client.register_scalable_target(**TARGET, MinCapacity=1, MaxCapacity=2)["ScalableTargetARN"]
            with pytest.raises(NotImplementedError):
                client.list_tags_for_resource(ResourceARN=arn)
