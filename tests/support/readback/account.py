"""An account of AWS in one Region, as a person with a Python prompt sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any

import boto3

from auroraform.sandbox.emulator.process import Emulator

# Type stubs are installed for EC2 only.
Client = Any
Attributes = Mapping[str, object]
Things = Mapping[str, Attributes]
"""What there is of one kind, by name."""

_SERVICES = ("rds", "ec2", "logs", "iam", "secretsmanager", "application-autoscaling")


@dataclass(frozen=True)
class Account:
    """The clients of an account.

    Attributes:
        outputs: what Terraform says about it.
    """

    id: str
    outputs: Callable[[], Mapping[str, object]]
    rds: Client
    ec2: Client
    logs: Client
    iam: Client
    secrets: Client
    autoscaling: Client

    @classmethod
    @contextmanager
    def on(cls, emulator: Emulator, outputs: Callable[[], Mapping[str, object]]) -> Iterator[Account]:
        """Connect to the account that an emulator is seen from."""
        with ExitStack() as clients:
            connect: Callable[..., Client] = boto3.client
            made = [
                clients.enter_context(closing(connect(service, **emulator.client_options()))) for service in _SERVICES
            ]
            yield cls(emulator.account_id, outputs, *made)

    def role_arn(self, name: str) -> str:
        return f"arn:aws:iam::{self.id}:role/{name}"

    def clusters(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.rds.describe_db_clusters()["DBClusters"]
        return found

    def security_groups(self) -> dict[str, dict[str, Any]]:
        """The security groups by id, without those that AWS makes with each VPC."""
        found = self.ec2.describe_security_groups()["SecurityGroups"]
        return {group["GroupId"]: group for group in found if group["GroupName"] != "default"}


def tags(found: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Tags as most services answer them."""
    return {tag["Key"]: tag["Value"] for tag in found}
