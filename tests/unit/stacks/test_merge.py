"""Layers merge as JSON merge patch says (RFC 7396), and every value remembers where it came from."""

import json
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auroraform.schemas.located import Mapping, Scalar, read
from auroraform.schemas.problems import Place
from auroraform.schemas.scalars import Raw, plain
from auroraform.stacks.merge import Layer, Merged, merge

Tree = dict[str, Any]

WHOLE: Final = Place("manifest.yaml", 5, 1, 5)


def layer(number: int, text: str) -> Layer:
    (document,) = read(text.encode(), f"{number}.yaml").documents
    return Layer(f"layer {number}", document)


def merged(*texts: str) -> Merged:
    return merge((layer(number, text) for number, text in enumerate(texts)), WHOLE)


def values(value: object) -> object:
    """Plain data with booleans and numbers as Python has them."""
    if isinstance(value, dict):
        return {key: values(item) for key, item in value.items()}
    if isinstance(value, list):
        return [values(item) for item in value]
    return json.loads(value.lower()) if isinstance(value, Raw) else value


def tree(*texts: str) -> object:
    return values(plain(merged(*texts).tree))


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        # Appendix A of the RFC, without those whose document is no object.
        ('{"a":"b"}', '{"a":"c"}', {"a": "c"}),
        ('{"a":"b"}', '{"b":"c"}', {"a": "b", "b": "c"}),
        ('{"a":"b"}', '{"a":null}', {}),
        ('{"a":"b","b":"c"}', '{"a":null}', {"b": "c"}),
        ('{"a":["b"]}', '{"a":"c"}', {"a": "c"}),
        ('{"a":"c"}', '{"a":["b"]}', {"a": ["b"]}),
        ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', {"a": {"b": "d"}}),
        ('{"a":[{"b":"c"}]}', '{"a":[1]}', {"a": [1]}),
        ('{"a":"foo"}', '{"b":{"a":"bar"}}', {"a": "foo", "b": {"a": "bar"}}),
        ('{"a":"b"}', '{"a":{"b":"c"}}', {"a": {"b": "c"}}),
        ("{}", '{"a":{"bb":{"ccc":null}}}', {"a": {"bb": {}}}),
        # Values that look like nothing are values.
        ('{"a":true}', '{"a":false}', {"a": False}),
        ('{"a":7}', '{"a":0}', {"a": 0}),
        ('{"a":"b"}', '{"a":""}', {"a": ""}),
        ('{"a":["b"]}', '{"a":[]}', {"a": []}),
        # An empty mapping says nothing, but nothing inside a list is merged.
        ('{"a":{"b":"c"}}', '{"a":{}}', {"a": {"b": "c"}}),
        ('{"a":[{"b":"c"},{"d":"e"}]}', '{"a":[{"f":"g"}]}', {"a": [{"f": "g"}]}),
        # Null removes a mapping with everything below it.
        ('{"a":{"b":{"c":"d"}},"e":"f"}', '{"a":null}', {"e": "f"}),
        ('{"a":{"b":{"c":"d"},"x":"y"}}', '{"a":{"b":null}}', {"a": {"x": "y"}}),
    ],
)
def test_a_layer_is_a_merge_patch_of_the_layers_before_it(target: str, patch: str, result: object) -> None:
    assert tree(target, patch) == result


def test_a_later_layer_can_bring_back_what_one_before_it_removed() -> None:
    assert tree("a: {b: 1, c: 2}", "a: null", "a: {b: 3}") == {"a": {"b": 3}}


def test_null_in_the_only_layer_removes_too() -> None:
    assert tree("a: null\nb: {c: null, d: 1}") == {"b": {"d": 1}}


_LEAVES: Final = (
    st.none() | st.booleans() | st.integers(-5, 5) | st.text("ab", max_size=2) | st.lists(st.integers(0, 2), max_size=2)
)
_TREES: Final = st.recursive(
    _LEAVES, lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=8
)
_LAYERS: Final = st.lists(st.dictionaries(st.sampled_from("abc"), _TREES, max_size=3), min_size=1, max_size=4)


def merge_patch(target: object, patch: object) -> object:
    """The algorithm of RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merge_patch(result.get(name), value)
    return result


@given(_LAYERS)
@settings(max_examples=200, deadline=None)
def test_layers_merge_as_the_algorithm_of_the_rfc_does(layers: list[Tree]) -> None:
    expected: object = {}
    for patch in layers:
        expected = merge_patch(expected, patch)
    assert tree(*map(json.dumps, layers)) == expected


def test_merging_changes_no_layer() -> None:
    first, second = layer(0, "a: {b: 1}"), layer(1, "a: {b: null, c: 2}")
    before = (plain(first.tree), plain(second.tree))
    merge([first, second], WHOLE)
    assert (plain(first.tree), plain(second.tree)) == before


class TestPlaces:
    def test_every_value_keeps_the_place_in_its_own_layer(self) -> None:
        found = merged("a: 1\nb:\n  c: 2\n  d: 3", "b:\n  d: 4").tree
        places = {path: found.get(*path) for path in (("a",), ("b", "c"), ("b", "d"))}
        assert {path: str(node.place) for path, node in places.items() if isinstance(node, Scalar)} == {
            ("a",): "0.yaml:1:4",
            ("b", "c"): "0.yaml:3:6",
            ("b", "d"): "1.yaml:2:6",
        }

    def test_a_mapping_and_its_key_stand_in_the_last_layer_that_has_them(self) -> None:
        found = merged("a:\n  b: 1", "\n\na: {c: 2}", "d: 3").tree
        inner = found.entries["a"]
        assert isinstance(inner.value, Mapping)
        assert (str(inner.key.place), str(inner.value.place)) == ("1.yaml:3:1", "1.yaml:3:4")

    def test_the_whole_stands_where_the_caller_says(self) -> None:
        assert merged("a: 1", "b: 2").tree.place == WHOLE
        assert merge([], WHOLE) == Merged((), Mapping({}, WHOLE), {})


class TestHistory:
    def test_every_step_is_remembered_in_order(self) -> None:
        history = merged("a: 1\nb: {c: x}", "b: {c: y}", "a: null\nb: {c: z, d: w}").history
        said = {
            path: [(step.layer, step.node.text) for step in steps if isinstance(step.node, Scalar)]
            for path, steps in history.items()
        }
        assert said == {
            ("a",): [(0, "1"), (2, "null")],
            ("b", "c"): [(0, "x"), (1, "y"), (2, "z")],
            ("b", "d"): [(2, "w")],
        }

    def test_the_removal_of_a_mapping_is_the_last_word_on_everything_below_it(self) -> None:
        history = merged("a: {b: 1, c: {d: 2}}", "a: null").history
        assert {path: [step.layer for step in steps] for path, steps in history.items()} == {
            ("a", "b"): [0, 1],
            ("a", "c", "d"): [0, 1],
            ("a",): [1],
        }

    @pytest.mark.parametrize(
        ("first", "second", "gone"),
        [
            ("a: {b: x}", "a: y", ("a", "b")),
            ("a: {b: x}", "a: [y]", ("a", "b")),
            ("a: x", "a: {b: y}", ("a",)),
        ],
    )
    def test_a_value_that_another_shape_replaced_holds_no_longer(
        self, first: str, second: str, gone: tuple[str, ...]
    ) -> None:
        found = merged(first, second)
        assert found.history[gone][-1].layer == 1

    @pytest.mark.parametrize(
        ("layers", "path", "last"),
        [
            (("a: 1", "b: 1"), ("a",), 0),
            (("a: 1", "a: 2"), ("a",), 1),
            (("a: {b: 1}", "a: {c: 1}"), ("a",), 1),
            (("a: {b: 1}", "a: {c: 1}"), ("a", "b"), 0),
            (("a: 1", "a: null"), ("a",), -1),
            (("a: {b: 1}", "a: null"), ("a",), -1),
            (("a: {b: 1}", "a: null", "a: {c: 1}"), ("a",), 2),
            (("a: {b: 1, c: 1}", "a: {c: null}"), ("a",), 0),
            (("ab: 1",), ("a",), -1),
            ((" {}",), ("a",), -1),
            # A mapping with nothing in it is there, too.
            (("a: {b: {}}",), ("a",), 0),
            (("a: {b: {c: null}}",), ("a",), 0),
            (("a: {b: {}}", "a: {b: null}"), ("a", "b"), -1),
            (("a: {b: {}}", "a: {b: null}"), ("a",), 1),
            (("a: {b: {}}", "a: {c: {}}"), ("a", "b"), 0),
        ],
    )
    def test_the_last_layer_is_the_one_whose_value_holds(
        self, layers: tuple[str, ...], path: tuple[str, ...], last: int
    ) -> None:
        assert merged(*layers).last_layer(*path) == last


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        (("a",), {"b": {"c": 1, "d": 2}}),
        (("b", "c"), {"a": 0, "b": {"d": 2}}),
        (("b",), {"a": 0}),
        (("x",), {"a": 0, "b": {"c": 1, "d": 2}}),
        (("b", "x"), {"a": 0, "b": {"c": 1, "d": 2}}),
    ],
)
def test_a_value_that_lost_is_left_out(path: tuple[str, ...], rest: Tree) -> None:
    whole = merged("a: 0\nb: {c: 1, d: 2}")
    without = whole.decided(path, ("w",))
    assert values(plain(without.tree)) == rest
    assert without.lost == {path: ("w",)}
    assert values(plain(whole.tree)) == {"a": 0, "b": {"c": 1, "d": 2}}
