"""Text of a manifest comes out of Terraform as it went in, and means nothing to CDKTF on the way."""

import re
import struct
from dataclasses import dataclass
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auroraform.constructs.literals import literal, literals


def terraform(template: str) -> str:
    """What Terraform makes of a template in which only escapes and constants may stand.

    Anything else that begins an interpolation or a directive is evaluated by Terraform, and so fails here.
    """
    result, position = "", 0
    for match in re.finditer(r'\$\$\{|%%\{|\$\{"([^"]*)"\}|[$%]\{', template):
        result += template[position : match.start()]
        position = match.end()
        if match[0] in {"$${", "%%{"}:
            result += match[0][1:]
        else:
            assert match[1] is not None, f"evaluated by Terraform: {template[match.start() :]}"
            result += match[1].replace(r"\ufeff", "\ufeff")
    return result + template[position:]


# CDKTF's own patterns: lib/tokens/private/encoding.js of cdktf 0.21.0.
_TOKENS: Final = re.compile(r"[$#&]\{TfToken\[")
_NUMBERS: Final = re.compile(r"[-|\d.+]+(e[-|\d.|e|E|+]+)", re.ASCII)
_PARSED: Final = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


def encodes(number: float) -> bool:
    """Whether CDKTF reads the number as a reference: by the upper half of its first word."""
    (high,) = struct.unpack(">H", struct.pack(">d", number)[:2])
    return high in {0xFDFF, 0xFBFF}


def tokens(text: str) -> list[str]:
    """What CDKTF would take for one of its own references."""
    numbers = (
        number[0]
        for found in _NUMBERS.finditer(text)
        # JavaScript's parseFloat reads as much as is a number, and so takes the front of it.
        if (number := _PARSED.match(found[0])) and encodes(float(number[0]))
    )
    return [*_TOKENS.findall(text), *numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        # JavaScript keeps no key of this name.
        ("__proto__", '${"_"}_proto__'),
        ("é😀\n\t\\\"", "é😀\n\t\\\""),
        ("$", "$"),
        ("$$ 100%", "$$ 100%"),
        ("{}", "{}"),
        ('${file("/etc/passwd")}', '$${file("/etc/passwd")}'),
        ("%{ if true }x%{ endif }", "%%{ if true }x%%{ endif }"),
        ("$${x}", "$$${x}"),
        ("$$${x}", "$$$${x}"),
        ("%%{x}", "%%%{x}"),
        ("$%{x}", "$%%{x}"),
        ("${TfToken[TOKEN.0]}", '$${T${"f"}Token[TOKEN.0]}'),
        ("#{TfToken[TOKEN.0]}", '#{T${"f"}Token[TOKEN.0]}'),
        ("&{TfToken[TOKEN.0]}", '&{T${"f"}Token[TOKEN.0]}'),
        ("TfToken", "TfToken"),
        ("-1.8881545897087505e+289", '-1.8881545897087505${"e"}+289'),
        ("1e5", "1e5"),
        ("9e99", "9e99"),
    ],
)  # fmt: skip
def test_text_is_escaped_just_so(text: str, expected: str) -> None:
    assert literal(text) == expected
    assert terraform(expected) == text
    assert tokens(expected) == []


@pytest.mark.parametrize("text", ["${TfToken[TOKEN.0]}", "#{TfToken[a]}", "-1.8881545897087505e+289"])
def test_the_patterns_of_cdktf_do_find_its_tokens(text: str) -> None:
    assert tokens(text) != []


@pytest.mark.parametrize("template", ["${x}", "%{x}", "$$$${a}${x}", "a${file(1)}"])
def test_the_evaluator_fails_where_terraform_would_evaluate(template: str) -> None:
    with pytest.raises(AssertionError, match="evaluated by Terraform"):
        terraform(template)


_PIECES: Final = st.sampled_from(
    ["$", "%", "{", "}", "${", "%{", "$${", "TfToken[", "Tf", "Token[", "T", "f", "#", "&", "]", '"', "e+289", "e289",
     "-1", ".", "e", "E", "+", "-", "|", "9", "123", "\n", "~", "é"]
)  # fmt: skip
_NASTY: Final = st.lists(_PIECES, max_size=14).map("".join)
_TEXT: Final = st.text() | _NASTY | st.tuples(_NASTY, st.text(), _NASTY).map("".join)


@given(_TEXT)
@example("$TfToken[")
@example("${TfToken[TfToken[")
@example("-1e289e289")
@example("-1.7976931348623157e+308")
@example("-1ee300")
@settings(max_examples=600, deadline=None)
def test_terraform_gives_every_text_back_and_cdktf_sees_nothing_in_it(text: str) -> None:
    escaped = literal(text)
    assert terraform(escaped) == text
    assert tokens(escaped) == []


@given(_TEXT, _TEXT, st.sampled_from(["-", "/", "_", "aurora-"]))
@settings(max_examples=200, deadline=None)
def test_text_can_stand_between_the_characters_of_a_constant(one: str, other: str, between: str) -> None:
    assert terraform(literal(one) + between + literal(other)) == one + between + other


# The first reference of a stack, and the same number with most of it in front of the exponent.
FIRST: Final = -8.109562212591381e298


@pytest.mark.parametrize("text", [str(FIRST), f"{FIRST:.0f}e0", f"{FIRST / 1e99:.0f}e99", f"x{FIRST / 10:.1f}e+1|"])
def test_cdktf_takes_no_long_number_for_a_token(text: str) -> None:
    assert terraform(literal(text)) == text
    assert tokens(literal(text)) == []


@dataclass(frozen=True)
class Inner:
    text: str
    count: int


@dataclass(frozen=True)
class Outer:
    name: str
    none: None
    flag: bool
    size: float
    inner: Inner
    many: tuple[Inner, ...]
    tags: dict[str, str]
    rows: list[list[str]]


class TestLiterals:
    def test_every_text_in_a_value_is_escaped_and_all_else_kept(self) -> None:
        value = Outer(
            name="${a}",
            none=None,
            flag=True,
            size=0.5,
            inner=Inner("%{b}", 3),
            many=(Inner("${c}", 1), Inner("plain", 2)),
            tags={"${key}": "${value}", "%{k}": "v"},
            rows=[["${d}"], []],
        )
        assert literals(value) == Outer(
            name="$${a}",
            none=None,
            flag=True,
            size=0.5,
            inner=Inner("%%{b}", 3),
            many=(Inner("$${c}", 1), Inner("plain", 2)),
            tags={"$${key}": "$${value}", "%%{k}": "v"},
            rows=[["$${d}"], []],
        )

    def test_the_value_itself_is_left_as_it_was(self) -> None:
        tags = {"${key}": "${value}"}
        literals(tags)
        assert tags == {"${key}": "${value}"}

    @given(st.dictionaries(_TEXT, _TEXT, max_size=6))
    @settings(max_examples=100, deadline=None)
    def test_no_two_keys_become_one(self, tags: dict[str, str]) -> None:
        assert {terraform(key): terraform(value) for key, value in literals(tags).items()} == tags

    @pytest.mark.parametrize(
        ("value", "name"),
        [
            (b"${a}", "bytes"),
            ({"a", "b"}, "set"),
            (frozenset(), "frozenset"),
            (object(), "object"),
            (Inner, "type"),
            (1j, "complex"),
            ([{"a": (b"",)}], "bytes"),
            ({b"k": "v"}, "bytes"),
        ],
    )
    def test_a_type_in_which_text_could_hide_is_refused(self, value: Any, name: str) -> None:  # noqa: ANN401
        with pytest.raises(TypeError, match=f"^{name} is no type of a resolved value$"):
            literals(value)
