"""What to say of a document whose kind is not one that is read here."""

from typing import Final

from auroraform.schemas import environment, manifest
from auroraform.schemas.located import Mapping
from auroraform.schemas.planton import AWS_KINDS, GROUP
from auroraform.schemas.problems import Code, Problem
from auroraform.schemas.shape import suggest

_KINDS: Final = {
    (manifest.API_VERSION, manifest.KIND): "a cluster",
    (environment.API_VERSION, environment.KIND): "an environment",
}


def unknown_kind(document: Mapping) -> Problem:
    """The problem of a document that is neither a manifest nor an environment."""
    kind, node = document.text("kind"), document.get("kind")
    if kind is None:
        message, help_ = "the document does not say its kind", _all()
    else:
        message, help_ = _said(kind, document.text("apiVersion") or "")
    return Problem(Code.UNKNOWN_KIND, node.place if node else document.place, message, "kind", help_)


def _said(kind: str, api_version: str) -> tuple[str, str]:
    near = suggest(kind, [name for _, name in _KINDS])
    described = AWS_KINDS.get(kind)
    is_planton = api_version.partition("/")[0].endswith(GROUP)
    if described is None and near is not None:
        return f'"{kind}" is not a kind of document that is read here', f"did you mean {near}?"
    if described is None and not is_planton:
        return f'"{kind}" is not a kind of document that is read here', _all()
    what = f", which is for {described}" if described else ""
    return (
        f'"{kind}" is another kind of Project Planton{what}; here are Aurora clusters only',
        f"move it out of the workspace's folders, or, for an Aurora cluster, write kind: {manifest.KIND}",
    )


def _all() -> str:
    return f"write one of {'; '.join(f'{what}: apiVersion {api}, kind {name}' for (api, name), what in _KINDS.items())}"
