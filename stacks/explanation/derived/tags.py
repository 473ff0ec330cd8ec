"""The tags of the cluster."""

from collections.abc import Iterator

from auroraform.schemas.problems import Place
from auroraform.stacks.budgets import CLUSTER_TAG
from auroraform.stacks.explanation.derived.rule import derived
from auroraform.stacks.explanation.rows import ENVIRONMENT, MANIFEST, Row, State, Word
from auroraform.stacks.explanation.subject import Subject, Whole


def tags(subject: Subject, whole: Whole) -> Iterator[Row]:
    """The cluster's tags over those of everything in the stack, as AWS will have them."""
    own, everywhere = whole.cluster.tags, subject.stack.default_tags
    for name in sorted(own | everywhere):
        below, path = _default_tag_place(subject, name), f"tags.{name}"
        if name == CLUSTER_TAG:
            yield derived(path, own[name], "the identifier of the cluster", below)
        elif name in own:
            overrode = (Word(ENVIRONMENT, below, everywhere[name]),) if below else ()
            yield Row(path, own[name], State.SET, MANIFEST, _own_tag_place(subject, name), overrode=overrode)
        elif below is not None:
            yield Row(path, everywhere[name], State.SET, ENVIRONMENT, below)
        else:
            yield derived(path, everywhere[name], "on all that auroraform makes")


def _own_tag_place(subject: Subject, name: str) -> Place | None:
    if name == "manifest":
        return subject.written.name_place
    if name == "organization" and (place := subject.in_manifest("metadata", "org")):
        return place
    return subject.in_manifest("metadata", "labels", name)


def _default_tag_place(subject: Subject, name: str) -> Place | None:
    return subject.environment.name_place if name == "environment" else subject.in_environment("tags", name)
