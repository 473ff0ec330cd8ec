"""Problems as values: sorted by place, each once, none lost."""

import random

from auroraform.schemas.problems import Code, Place, Problem, Severity, has_errors, sort

HERE = Place("a.yaml", 2, 3, 4)


def test_a_place_is_shown_as_editors_open_it() -> None:
    assert (str(HERE), str(Place("a.yaml"))) == ("a.yaml:2:3", "a.yaml")


def test_problems_are_sorted_by_file_line_column_and_code() -> None:
    expected = [
        Problem(Code.EMPTY, Place("a.yaml"), "x"),
        Problem(Code.BAD_VALUE, Place("a.yaml", 2, 3), "x"),
        Problem(Code.CONFLICT, Place("a.yaml", 2, 3), "x"),
        Problem(Code.BAD_VALUE, Place("a.yaml", 2, 10), "x"),
        Problem(Code.BAD_VALUE, Place("a.yaml", 10, 1), "x"),
        Problem(Code.BAD_VALUE, Place("b.yaml", 1, 1), "x"),
    ]
    shuffled = expected.copy()
    random.Random(7).shuffle(shuffled)  # noqa: S311 - an order, no secret
    assert shuffled != expected
    assert sort(shuffled) == expected


def test_the_same_fault_found_through_several_environments_is_told_once() -> None:
    first = Problem(Code.UNKNOWN_FIELD, HERE, "is not a field", "spec.defaults.prot", "did you mean port?")
    again = Problem(Code.UNKNOWN_FIELD, HERE, "is not a field", "spec.prot", "did you mean port?")
    assert sort([first, again]) == [first]


def test_two_fields_that_are_missing_at_one_place_are_both_told() -> None:
    one = Problem(Code.MISSING_FIELD, HERE, "is missing", "spec.accountId")
    two = Problem(Code.MISSING_FIELD, HERE, "is missing", "spec.region")
    assert sort([one, two]) == [one, two]


def test_only_an_error_stops_the_work() -> None:
    warning = Problem(Code.UNQUOTED_VERSION, HERE, "x", severity=Severity.WARNING)
    error = Problem(Code.BAD_VALUE, HERE, "x")
    assert [has_errors(problems) for problems in ([], [warning], [warning, error])] == [False, False, True]


def test_every_code_has_a_number_of_its_own() -> None:
    assert len({code.value for code in Code}) == len(Code.__members__)
