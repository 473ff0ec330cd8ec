"""Which state buckets a workspace needs, and what the environments that share one agree on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from auroraform.schemas.environment import EnvironmentSpec, S3State
from auroraform.schemas.problems import Code, Problem
from auroraform.schemas.regions import partition_of
from auroraform.schemas.shape import place_of, show
from auroraform.schemas.storage import StateStorage
from auroraform.stacks.workspace import WrittenEnvironment

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SharedStorage:
    """A state bucket and the environments that keep their states in it.

    Attributes:
        environments: their names.
        common: where the bucket is and how to get there: what all of them say, written as one environment.
        default_tags: tags of everything.
    """

    environments: tuple[str, ...]
    common: EnvironmentSpec
    default_tags: dict[str, str]
    storage: StateStorage


class _User(NamedTuple):
    """An environment that keeps its states in S3."""

    written: WrittenEnvironment
    state: S3State

    @property
    def name(self) -> str:
        return self.written.name

    @property
    def spec(self) -> EnvironmentSpec:
        return self.written.model.spec


def storages(environments: Iterable[WrittenEnvironment]) -> tuple[tuple[SharedStorage, ...], tuple[Problem, ...]]:
    """The state buckets that environments name, and what is contradictory about them."""
    users: dict[str, list[_User]] = {}
    for written in sorted(environments, key=lambda e: e.name):
        state = written.model.spec.state
        if isinstance(state, S3State):
            users.setdefault(state.bucket, []).append(_User(written, state))
    problems = tuple(problem for sharing in users.values() for problem in _contradictions(sharing))
    problems += tuple(_shared_tables(users.values()))
    if problems:
        return (), problems
    return tuple(_storage(users[bucket]) for bucket in sorted(users)), ()


def _account(user: _User) -> str:
    """The account of the bucket: that of the role which reads it, where there is one."""
    role = user.state.assume_role
    return role.role_arn.split(":")[4] if role else user.spec.account_id


def _region(user: _User) -> str:
    return user.state.region or user.spec.region


def _alias(user: _User) -> str:
    """The alias of the key that is made; the name of an alias has no dots."""
    return f"alias/auroraform-state/{user.state.bucket.replace('.', '-')}"


def _alias_arn(user: _User) -> str:
    return f"arn:{partition_of(_region(user))}:kms:{_region(user)}:{_account(user)}:{_alias(user)}"


def _key(user: _User) -> str | None:
    """The existing key that encrypts the states; None for the one that is made, whose alias may be named."""
    named = user.state.kms_key_id
    return None if named in {_alias(user), _alias_arn(user)} else named


class _Aspect(NamedTuple):
    """Something that a bucket has one of."""

    name: str
    field: str
    value: Callable[[_User], str | None]
    help: str = "write the same in both, or give each a bucket of its own"


_ASPECTS: Final = (
    _Aspect(
        "account",
        "bucket",
        _account,
        "name the role that reaches it in both (state.assumeRole), or give each a bucket of its own",
    ),
    _Aspect("Region", "region", _region),
    _Aspect("KMS key", "kmsKeyId", lambda user: _key(user) or _alias(user)),
    _Aspect("lock table", "dynamodbTable", lambda user: user.state.dynamodb_table),
)


def _contradictions(users: list[_User]) -> Iterator[Problem]:
    for aspect in _ASPECTS:
        said = [(user, value) for user in users if (value := aspect.value(user)) is not None]
        for user, value in said:
            first, expected = said[0]
            if value != expected:
                path = ("spec", "state", aspect.field)
                yield Problem(
                    Code.CONFLICT,
                    place_of(user.written.document, path),
                    f"{first.name} and {user.name} share the bucket {user.state.bucket}, and give it another "
                    f"{aspect.name}: {expected} and {value}",
                    show(path),
                    aspect.help,
                )


def _shared_tables(groups: Iterable[list[_User]]) -> Iterator[Problem]:
    """Tables that two stacks would make: one of an account's Region serves one bucket."""
    owners: dict[tuple[str, str, str], _User] = {}
    for user in (user for users in groups for user in users):
        table = user.state.dynamodb_table
        if table is None:
            continue
        owner = owners.setdefault((_account(user), _region(user), table), user)
        if owner.state.bucket != user.state.bucket:
            path = ("spec", "state", "dynamodbTable")
            yield Problem(
                Code.CONFLICT,
                place_of(user.written.document, path),
                f"the lock table {table} belongs to the bucket {owner.state.bucket} of {owner.name} already, "
                "and is made once only",
                show(path),
                "give each bucket a table of its own, or let the environments share the bucket",
            )


def _storage(users: list[_User]) -> SharedStorage:
    first = users[0]
    table = next((user.state.dynamodb_table for user in users if user.state.dynamodb_table is not None), None)
    state = first.state.model_copy(
        update={
            "region": _region(first),
            "dynamodb_table": table,
            "use_lockfile": any(user.state.use_lockfile for user in users),
            "assume_role": _agreed(user.state.assume_role for user in users),
        }
    )
    common = first.spec.model_copy(
        update={
            "account_id": _account(first),
            "region": _region(first),
            "state": state,
            "assume_role": _agreed(user.state.assume_role or user.spec.assume_role for user in users),
            "profile": _agreed(user.spec.profile for user in users),
        }
    )
    written_keys = {user.state.kms_key_id for user in users}
    return SharedStorage(
        environments=tuple(user.name for user in users),
        common=common,
        default_tags=_tags(users),
        storage=StateStorage(
            bucket=state.bucket,
            account_id=common.account_id,
            partition=partition_of(common.region),
            key_alias=_alias(first),
            key_alias_arn=_alias_arn(first),
            key_id=_key(first),
            # The alias too where it is made: an environment may begin to name it before this is applied again.
            key_spellings=tuple(sorted({_key(first) or _alias_arn(first), *filter(None, written_keys)})),
            # Terraform's `encrypt` without a key asks for S3's own encryption by name, past the bucket's default.
            allows_sse_s3=None in written_keys,
            lock_table=table,
        ),
    )


def _tags(users: list[_User]) -> dict[str, str]:
    """The tags that all environments have; that of the environment, where there is only one."""
    common = dict(set.intersection(*({*user.spec.tags.items()} for user in users)))
    own = {"environment": users[0].name} if len(users) == 1 else {}
    return common | own | {"managed-by": "auroraform"}


def _agreed(values: Iterable[T | None]) -> T | None:
    """What all say; None where they differ."""
    first, *others = values
    return first if all(other == first for other in others) else None
