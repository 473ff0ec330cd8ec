"""The Terraform stack of one state bucket."""

from typing import Final

from auroraform.constructs.bindings import Construct, S3Backend, TerraformStack
from auroraform.constructs.literals import literals
from auroraform.constructs.state_storage import StateStorageResources, abandoned
from auroraform.stacks.backend import Block, backend
from auroraform.stacks.provider import use_aws
from auroraform.stacks.requirements import REMOVED_SINCE, required_version
from auroraform.stacks.storage import SharedStorage

STATE_KEY: Final = "auroraform-bootstrap/terraform.tfstate"
"""No stack of clusters has it: theirs have three parts."""


class BootstrapStack(TerraformStack):
    """A state bucket, its key and its lock table, with a state of its own in that bucket."""

    def __init__(self, scope: Construct, shared: SharedStorage) -> None:
        super().__init__(scope, shared.storage.bucket)
        S3Backend(self, bucket=shared.storage.bucket, key=STATE_KEY)
        self.add_override("terraform.backend.s3", _own_state(shared))
        forgotten = abandoned(shared.storage)
        version = required_version(shared.common, others=[REMOVED_SINCE] if forgotten else ())
        use_aws(self, shared.common, shared.default_tags, version)
        StateStorageResources(self, "Storage", storage=literals(shared.storage))
        if forgotten:
            removed = [{"from": address, "lifecycle": {"destroy": False}} for address in forgotten]
            self.add_override("removed", removed)


def _own_state(shared: SharedStorage) -> Block:
    """The arguments of the backend, without a word on encryption: the bucket's own default holds.

    Named here, another key could never be introduced: the policy that stands would refuse the lock file of
    the very plan that changes it.
    """
    _, arguments = backend("bootstrap", shared.common)
    named = {"encrypt", "kms_key_id"}
    return {name: value for name, value in arguments.items() if name not in named} | {"key": STATE_KEY}
