"""Scalars as YAML has them."""

import pickle

from auroraform.schemas.located import Kind
from auroraform.schemas.scalars import Raw


def test_a_raw_scalar_goes_to_other_processes_as_it_is() -> None:
    """What an environment says of clusters is kept as it was read, and large workspaces are built by several."""
    found = pickle.loads(pickle.dumps({"enabled": Raw("false", Kind.BOOLEAN)}))["enabled"]  # noqa: S301 - our own
    assert (found, found.kind, type(found)) == ("false", Kind.BOOLEAN, Raw)
