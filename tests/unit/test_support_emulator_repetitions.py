"""A request that a client sends again, since it has not heard the answer, is done once."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from auroraform.sandbox.emulator.process import Emulator
from support.locks import StateBucket

PUT: dict[str, Any] = {
    "TableName": "locks",
    "Item": {"LockID": {"S": "acme/state"}},
    "ConditionExpression": "attribute_not_exists(LockID)",
}


@pytest.fixture
def states(emulator: Emulator) -> Iterator[StateBucket]:
    with StateBucket.on(emulator, "acme", "locks") as states:
        states.create()
        yield states


def put(states: StateBucket, identity: str, attempt: int) -> str:
    """Take the lock as an attempt of one invocation, and hear what becomes of it."""

    def say(request: Any, **_: object) -> None:  # noqa: ANN401
        for name, value in (("amz-sdk-invocation-id", identity), ("amz-sdk-request", f"attempt={attempt}; max=5")):
            del request.headers[name]
            request.headers[name] = value

    states.dynamodb.meta.events.register("before-send.dynamodb.PutItem", say)
    try:
        states.dynamodb.put_item(**PUT)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    finally:
        states.dynamodb.meta.events.unregister("before-send.dynamodb.PutItem", say)
    return "taken"


def test_a_repetition_is_answered_as_the_first_attempt_was(states: StateBucket) -> None:
    assert [put(states, "mine", attempt) for attempt in (1, 2, 3)] == ["taken"] * 3


def test_a_lock_is_still_one_of_its_owner(states: StateBucket) -> None:
    assert put(states, "mine", 1) == "taken"
    # Nobody else has it: neither at once nor later, and the same one not twice.
    assert put(states, "yours", 1) == "ConditionalCheckFailedException"
    assert put(states, "yours", 2) == "ConditionalCheckFailedException"
    assert put(states, "mine", 1) == "ConditionalCheckFailedException"
    states.dynamodb.delete_item(TableName="locks", Key={"LockID": {"S": "acme/state"}})
    # What was refused is tried anew.
    assert put(states, "yours", 3) == "taken"
