"""The comparison of what is declared with what is held: it can fail in every way."""

import pytest

from support.readback.account import Things
from support.readback.table import THERE, compare

ORDERS: Things = {"orders": {"port": 5432, "key": None}}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (ORDERS, []),
        ({}, [("orders", THERE, True, False)]),
        ({**ORDERS, "catalog": {}}, [("catalog", THERE, False, True)]),
        ({"orders": {"port": 5433, "key": None}}, [("orders", "port", 5432, 5433)]),
        # What is declared as absent must not be held under another name, nor go unread.
        ({"orders": {"port": 5432}}, [("orders", "key", None, None)]),
        ({"orders": {"port": 5432, "key": None, "tags": {}}}, [("orders", "tags", None, {})]),
    ],
)
def test_every_difference_is_told(held: Things, expected: list[tuple[object, ...]]) -> None:
    assert compare("clusters", ORDERS, held) == [("clusters", *difference) for difference in expected]
