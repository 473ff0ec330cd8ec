"""The static check, against a small schema in the words of `terraform providers schema -json`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from support.provider.checking import check
from support.provider.conflicts import Kind, Rule, broken
from support.provider.loading import KeptSchema
from support.provider.references import Reference, references
from support.provider.schema import Block, Section, flatten
from support.provider.types import ALL, UNKNOWN, convertible

OPTIONAL: Final = {"optional": True}
RANGE: Final = {"attributes": {"low": {"type": "number", "required": True}, "high": {"type": "number", **OPTIONAL}}}
DOCUMENT: Final = {
    "provider_schemas": {
        "registry.terraform.io/hashicorp/aws": {
            "provider": {"block": {"attributes": {"region": {"type": "string", **OPTIONAL}}}},
            "resource_schemas": {
                "aws_db": {
                    "block": {
                        "attributes": {
                            "name": {"type": "string", "required": True},
                            "port": {"type": "number", **OPTIONAL},
                            "public": {"type": "bool", **OPTIONAL},
                            "groups": {"type": ["set", "string"], **OPTIONAL, "computed": True},
                            "tags": {"type": ["map", "string"], **OPTIONAL},
                            "rules": {
                                "type": ["list", ["object", {"from": "number", "to": "number"}]],
                                **OPTIONAL,
                            },
                            "secret": {"type": ["list", ["object", {"arn": "string"}]], "computed": True},
                            "old": {"type": "string", **OPTIONAL, "deprecated": True},
                        },
                        "block_types": {
                            "range": {"nesting_mode": "list", "block": RANGE, "max_items": 1},
                            "member": {"nesting_mode": "set", "block": RANGE, "min_items": 2},
                            "timeouts": {
                                "nesting_mode": "single",
                                "block": {"attributes": {"create": {"type": "string", **OPTIONAL}}},
                            },
                        },
                    }
                },
                "aws_old": {"block": {"attributes": {}, "deprecated": True}},
            },
            "data_source_schemas": {
                "aws_net": {"block": {"attributes": {"id": {"type": "string", "optional": True}}}},
            },
        },
        "terraform.io/builtin/terraform": {
            "provider": {},
            "data_source_schemas": {
                "state": {"block": {"attributes": {"outputs": {"type": "dynamic", "computed": True}}}},
            },
        },
    }
}


class Given:
    """A schema out of a document, without a cache."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._blocks = {key: Block.read(one) for key, one in flatten(document).items()}

    def find(self, section: Section, name: str) -> Block | None:
        return self._blocks.get((section, name))


SCHEMA: Final = Given(DOCUMENT)
MEMBERS: Final = [{"low": 1}, {"low": 2}]


def found(**stack: object) -> list[str]:
    return [str(finding) for finding in check(stack, SCHEMA)]


def of(*, member: object = MEMBERS, **arguments: object) -> list[str]:
    """The findings about a resource that has all that it needs, and these arguments."""
    resource = {"name": "orders", "member": member} | arguments
    other = {"name": "shop", "member": MEMBERS}
    return found(
        provider={"aws": [{"region": "eu-west-1"}, {"alias": "us"}]},
        resource={"aws_db": {"orders": resource, "shop-1": other, "many": other | {"count": 2}}},
        data={"aws_net": {"main": {}}, "state": {"net": {}}},
        variable={"size": {}},
        locals={"list": [1]},
    )


GOOD: Final = [
    {"port": 80, "public": True, "groups": ["a"], "tags": {"a": "b"}, "old": None},
    # Terraform converts.
    {"port": "80", "public": "true", "name": 5, "tags": {"a": 1, "b": True}},
    {"rules": [{"from": 1, "to": 2}]},
    {"range": {"low": 1, "//": "why"}, "timeouts": {"create": "5m"}, "//": "from a manifest"},
    {"range": [{"low": "${var.size}", "high": None}]},
    {"lifecycle": {"ignore_changes": ["tags", "tags.owner", 'tags["x"]', "range[0].low"], "prevent_destroy": True}},
    {"lifecycle": {"ignore_changes": "all"}},
    {"depends_on": ["aws_db.shop-1", "data.aws_net.main"], "provider": "aws.us"},
    {"name": "${aws_db.shop-1.name}-2", "tags": {"${local.list[0]}": "x"}},
    {"port": "${aws_db.shop-1.port}", "groups": "${aws_db.shop-1.groups}"},
    {"name": "${aws_db.shop-1.secret[0].arn}", "groups": "${aws_db.shop-1.secret[*].arn}"},
    {"name": "${aws_db.shop-1.range[0].low}", "groups": ["${aws_db.many[0].name}"]},
    {"groups": "${[for one in data.state.net.outputs.all : one.id]}"},
    {"groups": "${toset(aws_db.shop-1.groups)}", "name": "${path.module}"},
    {"name": "$${aws_db.gone.name} %%{if x}"},
    {"name": '${join("-", ["aws_db.gone.name", "$${aws_db.gone}"])}'},
]
BAD: Final = [
    ({"nmae": "x"}, "aws_db.orders.nmae: unknown: no such argument or block"),
    ({"range": {"low": 1, "mid": 2}}, "aws_db.orders.range[0].mid: unknown: no such argument or block"),
    ({"lifecycle": {"prevent": True}}, "aws_db.orders.lifecycle.prevent: unknown: no such argument or block"),
    ({"name": None}, "aws_db.orders: missing: name"),
    ({"range": {}}, "aws_db.orders.range[0]: missing: low"),
    ({"range": MEMBERS}, "aws_db.orders.range: count: 2 blocks, 0 to 1 are wanted"),
    ({"member": MEMBERS[:1]}, "aws_db.orders.member: count: 1 blocks, 2 or more are wanted"),
    ({"member": None}, "aws_db.orders.member: count: 0 blocks, 2 or more are wanted"),
    ({"timeouts": [{}, {}]}, "aws_db.orders.timeouts: count: 2 blocks, 0 to 1 are wanted"),
    ({"range": "x"}, 'aws_db.orders.range[0]: wrong type: "x" is not a block'),
    ({"secret": []}, "aws_db.orders.secret: computed: only the provider sets it"),
    ({"old": "x"}, "aws_db.orders.old: deprecated: the argument"),
    ({"port": "many"}, 'aws_db.orders.port: wrong type: "many" is not a number'),
    ({"port": True}, "aws_db.orders.port: wrong type: true is not a number"),
    ({"public": 1}, "aws_db.orders.public: wrong type: 1 is not a bool"),
    ({"name": ["x"]}, 'aws_db.orders.name: wrong type: ["x"] is not a string'),
    ({"groups": "x"}, 'aws_db.orders.groups: wrong type: "x" is not a set'),
    ({"groups": ["x", ["y"]]}, 'aws_db.orders.groups[1]: wrong type: ["y"] is not a string'),
    ({"groups": ["x", None]}, "aws_db.orders.groups[1]: wrong type: null in a set"),
    ({"tags": ["x"]}, 'aws_db.orders.tags: wrong type: ["x"] is not a map'),
    ({"tags": {"a": []}}, "aws_db.orders.tags['a']: wrong type: [] is not a string"),
    ({"rules": [{"from": 1}]}, "aws_db.orders.rules[0]: wrong type: to is missing"),
    ({"rules": [{"from": 1, "to": 2, "by": 3}]}, "aws_db.orders.rules[0]: wrong type: by is no attribute of it"),
    ({"rules": [{"from": 1, "to": "x"}]}, 'aws_db.orders.rules[0].to: wrong type: "x" is not a number'),
    ({"port": "${aws_db.shop-1.public}"}, "aws_db.orders.port: wrong type: is a bool, and a number is wanted"),
    ({"name": "${aws_db.shop-1.groups}"}, "aws_db.orders.name: wrong type: is a set, and a string is wanted"),
    ({"groups": "${aws_db.shop-1.name}"}, "aws_db.orders.groups: wrong type: is a string, and a set is wanted"),
    ({"groups": "a ${aws_db.shop-1.name}"}, "aws_db.orders.groups: wrong type: is a string, and a set is wanted"),
    (
        {"name": "${aws_db.gone.name}"},
        "aws_db.orders.name: reference: aws_db.gone.name: nothing of that name in the stack",
    ),
    (
        {"name": '${lower("x ${aws_db.shop-1.gone}")}'},
        "aws_db.orders.name: reference: aws_db.shop-1.gone: no .gone there",
    ),
    (
        {"tags": {"a": "${aws_db.shop-1.secret[0].key}"}},
        "aws_db.orders.tags.a: reference: aws_db.shop-1.secret[0].key: no .key there",
    ),
    (
        {"tags": {"a": "${aws_db.shop-1.secret[*].key}"}},
        "aws_db.orders.tags.a: reference: aws_db.shop-1.secret[*].key: no .key there",
    ),
    (
        {"tags": {"a": "${aws_db.shop-1.groups[0]}"}},
        "aws_db.orders.tags.a: reference: aws_db.shop-1.groups[0]: no [0] there",
    ),
    (
        {"range": {"low": "${aws_db.many.name}"}},
        "aws_db.orders.range.low: reference: aws_db.many.name: no .name there",
    ),
    ({"name": "${var.gone}"}, "aws_db.orders.name: reference: var.gone: nothing of that name"),
    (
        {"name": "${data.aws_net.gone.id}"},
        "aws_db.orders.name: reference: data.aws_net.gone.id: nothing of that name in the stack",
    ),
    (
        {"depends_on": ["aws_db.gone"]},
        "aws_db.orders.depends_on: reference: aws_db.gone: nothing of that name in the stack",
    ),
    (
        {"lifecycle": {"ignore_changes": ["gone[0]"]}},
        "aws_db.orders.lifecycle.ignore_changes: reference: no argument gone",
    ),
    ({"provider": "aws.eu"}, "aws_db.orders.provider: reference: no provider aws.eu"),
]


@pytest.mark.parametrize("arguments", GOOD, ids=json.dumps)
def test_nothing_is_found_where_nothing_is_wrong(arguments: dict[str, object]) -> None:
    assert of(**arguments) == []


@pytest.mark.parametrize(("arguments", "finding"), BAD, ids=[json.dumps(arguments) for arguments, _ in BAD])
def test_a_mistake_is_found_once_and_at_its_place(arguments: dict[str, object], finding: str) -> None:
    assert of(**arguments) == [finding]


def test_the_parts_of_a_stack_beside_resources_are_held_too() -> None:
    assert found(
        provider={"aws": {"regoin": "eu-west-1"}, "gcp": {}},
        resource={"aws_gone": {"x": {}}, "aws_old": {"x": {}}},
        data={"aws_gone": {"x": {}}},
        output={"a": {"value": "${aws_old.y}"}, "b": {}},
    ) == [
        "provider.aws.regoin: unknown: no such argument or block",
        "provider.gcp: unknown: no such provider",
        "aws_gone.x: unknown: no such type",
        "aws_old.x: deprecated: the type",
        "data.aws_gone.x: unknown: no such type",
        "output.a.value: reference: aws_old.y: nothing of that name in the stack",
        "output.b: missing: value",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b", []),
        ("${a.b}", [Reference("a", ("b",), "a.b")]),
        ("x ${a.b-c.d} ${e.f}", [Reference("a", ("b-c", "d"), "a.b-c.d"), Reference("e", ("f",), "e.f")]),
        ('${a.b[0]["k"][*].c.0.*}', [Reference("a", ("b", 0, "k", ALL, "c", 0, ALL), 'a.b[0]["k"][*].c.0.*')]),
        ("${a.b[c.d].e}", [Reference("c", ("d",), "c.d"), Reference("a", ("b", UNKNOWN, "e"), "a.b[c.d].e")]),
        ("${f(a.b)[c.d].e * 1.5}", [Reference("a", ("b",), "a.b"), Reference("c", ("d",), "c.d")]),
        ('${"x ${a.b} }"}', [Reference("a", ("b",), "a.b")]),
        ('${{ "k" = a.b }["k"]}', [Reference("a", ("b",), "a.b")]),
        ("${[for k, v in a.b : v.c]}", [Reference("a", ("b",), "a.b")]),
        ("%{ if a.b }x%{ endif }", [Reference("a", ("b",), "a.b")]),
        ("$${a.b} %%{a.b} $ {a.b}", []),
        ('${"$${a.b}"} ${"\\"${a.b}"}', [Reference("a", ("b",), "a.b")]),
        ("${a.b", [Reference("a", ("b",), "a.b")]),
        ("${true ? null : x}", []),
    ],
)
def test_references_are_read_out_of_expressions(text: str, expected: list[Reference]) -> None:
    assert [*references(text)] == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("string", "number", True),
        ("number", "string", True),
        ("bool", "number", False),
        ("dynamic", "bool", True),
        (["list", "string"], ["set", "string"], True),
        (["object", {}], ["map", "string"], True),
        (["map", "string"], ["set", "string"], False),
        ("string", ["list", "string"], False),
    ],
)
def test_types_that_terraform_converts(source: object, target: object, expected: object) -> None:
    assert convertible(source, target) is expected


# Neither, one, the other, both; false, empty text and empty lists are values, and null is none.
HELD: Final[tuple[dict[str, object], ...]] = ({}, {"a": 1}, {"b": 1}, {"a": "", "b": False}, {"a": None, "b": []})


@pytest.mark.parametrize(
    ("kind", "refused"),
    [
        (Kind.AT_LEAST_ONE, [True, False, False, False, False]),
        (Kind.AT_MOST_ONE, [False, False, False, True, False]),
        (Kind.EXACTLY_ONE, [True, False, False, True, False]),
        (Kind.ALL_OR_NONE, [False, True, True, False, True]),
        (Kind.REQUIRES, [False, True, False, False, False]),
    ],
)
def test_arguments_together(kind: Kind, refused: list[bool]) -> None:
    rule = Rule("aws_db", kind, ("a", "b"))
    assert [rule.broken_by(body) for body in HELD] == refused


def test_arguments_together_in_a_block_and_out_of_it() -> None:
    point = {"source_cluster_identifier": "orders", "use_latest_restorable_time": True}
    assert [*broken("aws_rds_cluster", {"restore_to_point_in_time": point})] == []
    assert [*broken("aws_rds_cluster", {})] == []
    both = {
        "restore_to_point_in_time": [point | {"restore_to_time": "2026-01-01T00:00:00Z"}],
        "snapshot_identifier": "x",
    }
    assert [str(rule) for rule in broken("aws_rds_cluster", both)] == [
        "at most one of snapshot_identifier, s3_import, restore_to_point_in_time",
        "exactly one of restore_to_time, use_latest_restorable_time",
    ]


class TestTheKeptSchema:
    @pytest.fixture
    def loads(self) -> list[int]:
        return []

    def kept(self, folder: Path, loads: list[int]) -> KeptSchema:
        def load() -> dict[tuple[Section, str], Any]:
            loads.append(1)
            return flatten(DOCUMENT)

        return KeptSchema(folder / "terraform-5.100.0", load)

    def test_it_is_loaded_once_and_kept_by_type(self, tmp_path: Path, loads: list[int]) -> None:
        first = self.kept(tmp_path, loads)
        assert first.find("resource", "aws_db") == SCHEMA.find("resource", "aws_db")
        assert first.find("data", "aws_net") == SCHEMA.find("data", "aws_net")
        second = self.kept(tmp_path, loads)
        assert second.find("resource", "aws_db") == SCHEMA.find("resource", "aws_db")
        assert len(loads) == 1
        names = sorted(path.name for path in (tmp_path / "terraform-5.100.0").iterdir())
        assert names == ["data.aws_net.json", "index.json", "resource.aws_db.json"]

    def test_a_type_that_nobody_asked_for_is_loaded_when_it_is(self, tmp_path: Path, loads: list[int]) -> None:
        self.kept(tmp_path, loads).find("resource", "aws_db")
        assert self.kept(tmp_path, loads).find("resource", "aws_old") is not None
        assert len(loads) == 2

    def test_what_does_not_exist_is_known_without_loading(self, tmp_path: Path, loads: list[int]) -> None:
        self.kept(tmp_path, loads).find("resource", "aws_db")
        assert self.kept(tmp_path, loads).find("resource", "aws_gone") is None
        assert self.kept(tmp_path, loads).find("ephemeral", "aws_db") is None
        assert len(loads) == 1
