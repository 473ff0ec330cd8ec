"""A document cut into blocks and joined again is the same document, and no block gets lost."""

import json
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auroraform.schemas.resolved.expressions import Expression, Lookup
from auroraform.stacks.fragments import AddressTakenError, Fragment, cut, join
from auroraform.stacks.layout import Json, canonical

ORDERS: Final[dict[str, Json]] = {
    "resource": {"aws_rds_cluster": {"orders": {"port": 5432, "tags": {"team": "é\n"}, "list": []}}},
    "ephemeral": {"aws_ssm_parameter": {"orders": {"arn": "arn:2"}}},
    "output": {"orders_arn": {"value": "${aws_rds_cluster.orders.arn}"}},
}
CATALOG: Final[dict[str, Json]] = {
    "resource": {
        "aws_rds_cluster": {"catalog": {}},
        "aws_db_subnet_group": {"catalog": {"ids": [1, [2, {"a": None}]]}},
    },
    "data": {"aws_subnet": {"catalog": {"id": "subnet-1"}}},
    "ephemeral": {"aws_ssm_parameter": {"catalog": {"arn": "arn:1"}}},
}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=20,
)


def test_parts_are_joined_into_the_document_that_they_are_of() -> None:
    whole: Json = {
        "resource": {
            "aws_rds_cluster": {"catalog": {}, "orders": {"port": 5432, "tags": {"team": "é\n"}, "list": []}},
            "aws_db_subnet_group": {"catalog": {"ids": [1, [2, {"a": None}]]}},
        },
        "output": {"orders_arn": {"value": "${aws_rds_cluster.orders.arn}"}},
        "data": {"aws_subnet": {"catalog": {"id": "subnet-1"}}},
        "ephemeral": {"aws_ssm_parameter": {"catalog": {"arn": "arn:1"}, "orders": {"arn": "arn:2"}}},
    }
    assert join([cut(ORDERS), cut(CATALOG)]) == canonical(whole)
    assert join([cut(CATALOG), cut(ORDERS)]) == canonical(whole)


@given(st.dictionaries(st.sampled_from(["resource", "data", "ephemeral", "output", "//", "é"]), values))
def test_any_document_survives(document: dict[str, Json]) -> None:
    assert join([cut(document)]) == canonical(document)
    fragment = Fragment(cut(document), {"name": "prod"}, "1")
    assert Fragment.from_bytes(fragment.to_bytes()) == fragment


@given(st.dictionaries(st.text(max_size=3), values))
def test_locals_survive_too(document: dict[str, Json]) -> None:
    assert json.loads(join([cut({"locals": document} | ORDERS)])) == {"locals": document} | ORDERS


def test_what_fits_on_a_line_of_the_locals_stands_on_one() -> None:
    words: Json = ["x" * 50, "x" * 50]
    document: dict[str, Json] = {
        "locals": {"a": {"b": True, "rows": [words, words, {"b": 1, "a": []}], "s": 1, "t": 2}}
    }
    row = json.dumps(words)
    lines = (
        '    "a": {',
        '      "b": true,',
        '      "rows": [',
        f"        {row},",
        f"        {row},",
        '        {"a": [], "b": 1}',
        "      ],",
        '      "s": 1, "t": 2',
        "    }",
    )
    assert join([cut(document)]) == "\n".join(("{", '  "locals": {', *lines, "  }", "}", ""))


def test_blocks_of_a_list_are_joined_in_the_order_of_their_addresses() -> None:
    def imports(*names: str) -> Json:
        return [{"id": f"/logs/{name}", "to": f"aws_cloudwatch_log_group.{name}"} for name in names]

    parts = [cut({"import": imports("b", "d")} | ORDERS), cut(CATALOG), cut({"import": imports("c", "a")})]
    whole: Json = json.loads(join([cut(ORDERS), cut(CATALOG)])) | {"import": imports("a", "b", "c", "d")}
    assert join(parts) == join(reversed(parts)) == canonical(whole)


@pytest.mark.parametrize(
    ("second", "address"),
    [
        ({"resource": {"aws_rds_cluster": {"orders": {}}}}, "resource.aws_rds_cluster.orders"),
        ({"output": {"orders_arn": {"value": 1}}}, "output.orders_arn"),
        ({"output": 1}, "output"),
        ({"import": [{"to": "a.b", "id": "2"}]}, "import.a.b"),
        (ORDERS, "resource.aws_rds_cluster.orders"),
    ],
)
def test_a_block_that_two_parts_write_is_an_error(second: dict[str, Json], address: str) -> None:
    parts = [cut({"//": "header"}), cut(ORDERS | {"import": [{"to": "a.b", "id": "1"}]}), cut(second)]
    with pytest.raises(AddressTakenError) as caught:
        join(parts)
    assert (caught.value.address, caught.value.index) == (address, 2)


def test_the_very_same_part_twice_is_an_error_too() -> None:
    part = cut(ORDERS)
    with pytest.raises(AddressTakenError):
        join([part, part])


def test_what_is_printed_of_a_resolved_value_tells_expressions_from_text() -> None:
    # Keys of fragments are made from it.
    text, expression = (
        Lookup(type="t", label="l", arguments={"vpc_id": kind("data.aws_vpc.x.id")}) for kind in (str, Expression)
    )
    assert repr(text) != repr(expression)
