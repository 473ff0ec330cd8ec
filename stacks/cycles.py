"""References that lead back to where they started: nothing of such a circle could be made first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from auroraform.schemas.problems import Code, Place, Problem


@dataclass(frozen=True, slots=True)
class Use:
    """One cluster's need of another.

    Attributes:
        user: the thing that needs, such as `orders in prod`, or a stack.
        used: what it needs, written alike.
        place: where the reference stands.
        path: the field of the reference.
    """

    user: str
    used: str
    place: Place
    path: str


def cycles(uses: Iterable[Use]) -> Iterator[Problem]:
    """A problem at one reference of each circle, naming the whole way round."""
    remaining = sorted(uses, key=lambda use: (use.user, use.used, use.place))
    while True:
        graph: dict[str, list[str]] = {}
        for use in remaining:
            graph.setdefault(use.user, []).append(use.used)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            # The sorter lists the way backwards: each needs the one before it.
            way: list[str] = error.args[1][::-1]
            closing = next(use for use in remaining if (use.user, use.used) == (way[0], way[1]))
            yield Problem(
                Code.CIRCULAR_REFERENCE,
                closing.place,
                f"closes a circle, of which nothing could be made first: {' needs '.join(way)}",
                closing.path,
                "write one of the values out, or let a security group of neither be the common one",
            )
            remaining = [use for use in remaining if (use.user, use.used) != (way[0], way[1])]
        else:
            return
