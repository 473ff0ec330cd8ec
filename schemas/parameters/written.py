"""The parameters that a spec writes down, in whichever of its spellings."""

from collections.abc import Iterator
from dataclasses import dataclass

from auroraform.schemas.spec.cluster import AwsRdsClusterSpec
from auroraform.schemas.spec.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Written:
    """One parameter as it is written.

    Attributes:
        name: its name, in any case.
        apply_method: when it takes effect; None where that is left open.
        path: where the parameter stands.
        at: where its value stands.
    """

    name: str
    value: str
    apply_method: str | None
    path: tuple[str | int, ...]
    at: tuple[str | int, ...]

    @property
    def key(self) -> str:
        """What tells it from others: RDS does not tell cases apart."""
        return self.name.lower()


CLUSTER_MAP = "clusterParameters"
INSTANCE_MAP = "instanceParameters"


def of_cluster(spec: AwsRdsClusterSpec) -> Iterator[Written]:
    """Those of the cluster parameter group."""
    for index, row in enumerate(spec.parameters or ()):
        path = ("parameters", index)
        yield Written(row.name, row.value, row.apply_method, (*path, "name"), (*path, "value"))
    yield from _mapped(spec.cluster_parameters, CLUSTER_MAP)


def of_instances(spec: AwsRdsClusterSpec) -> Iterator[Written]:
    """Those of the DB parameter group of the instances."""
    yield from _mapped(spec.instance_parameters, INSTANCE_MAP)


def _mapped(parameters: Parameters | None, field: str) -> Iterator[Written]:
    for name, value in (parameters or {}).items():
        if value is not None:
            yield Written(name, value, None, (field, name), (field, name))
