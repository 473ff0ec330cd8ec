"""State locks as Terraform's S3 backend leaves them, for tests in which somebody else holds one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import boto3

from auroraform.sandbox.emulator.process import REGION, Emulator

# Type stubs are installed for EC2 only.
Client = Any


@dataclass(frozen=True)
class Holder:
    """Who holds a lock, as Terraform shows it."""

    id: str = "3f0a8a60-4c1e-4f0e-9d0a-5a0f7d1c2b3e"
    operation: str = "OperationTypeApply"
    who: str = "somebody@laptop"

    def info(self, path: str) -> str:
        return json.dumps(
            {
                "ID": self.id,
                "Operation": self.operation,
                "Info": "",
                "Who": self.who,
                "Version": "1.11.4",
                "Created": "2026-11-23T10:00:00.000000Z",
                "Path": path,
            }
        )


@dataclass(frozen=True)
class StateBucket:
    """A bucket of states and its lock table, on the emulator."""

    bucket: str
    table: str
    s3: Client
    dynamodb: Client

    @classmethod
    @contextmanager
    def on(cls, emulator: Emulator, bucket: str, table: str) -> Iterator[StateBucket]:
        """Connect to them, existing or not."""
        with (
            closing(boto3.client("s3", **emulator.client_options())) as s3,
            closing(boto3.client("dynamodb", **emulator.client_options())) as dynamodb,
        ):
            yield cls(bucket, table, s3, dynamodb)

    def create(self) -> None:
        self.create_bucket()
        self.create_table()

    def create_bucket(self) -> None:
        self.s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": REGION})

    def create_table(self) -> None:
        self.dynamodb.create_table(
            TableName=self.table,
            AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )

    def objects(self) -> set[str]:
        """The keys of all objects: states and lock files."""
        return {item["Key"] for item in self.s3.list_objects_v2(Bucket=self.bucket).get("Contents", [])}

    def state(self, key: str) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read())
        return state

    def lock_ids(self) -> set[str]:
        """What is locked in the table; Terraform also keeps a digest of each state there."""
        items = self.dynamodb.scan(TableName=self.table)["Items"]
        return {item["LockID"]["S"] for item in items if "Info" in item}

    def digests(self) -> dict[str, str]:
        """The digests that are in the table, by `bucket/key` of the states."""
        items = self.dynamodb.scan(TableName=self.table)["Items"]
        return {item["LockID"]["S"].removesuffix("-md5"): item["Digest"]["S"] for item in items if "Digest" in item}

    def lock_in_table(self, key: str, holder: Holder) -> None:
        path = f"{self.bucket}/{key}"
        self.dynamodb.put_item(TableName=self.table, Item={"LockID": {"S": path}, "Info": {"S": holder.info(path)}})

    def lock_by_file(self, key: str, holder: Holder) -> None:
        body = holder.info(f"{self.bucket}/{key}").encode()
        self.s3.put_object(Bucket=self.bucket, Key=f"{key}.tflock", Body=body)

    def unlock(self, key: str) -> None:
        """Whoever holds the lock is done."""
        self.dynamodb.delete_item(TableName=self.table, Key={"LockID": {"S": f"{self.bucket}/{key}"}})
        self.s3.delete_object(Bucket=self.bucket, Key=f"{key}.tflock")
