from datetime import date

import pytest

from core.api import Text
from kit.forms import (
    Choice,
    Choices,
    Day,
    Field,
    File,
    Form,
    Line,
    Lines,
    Money,
    Number,
    Option,
    When,
    Yes,
    check_fields,
)

A = Text("ก", "A")
NONE = Text("ก", " ")
TWO = (Option("a", A), Option("b", A))
CHOICE = Choice("first", A, options=TWO)


def test_a_sound_form_has_no_faults(form: Form) -> None:
    assert check_fields(form) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ([], "A form must have 1 to 100 fields"),
        ([Line("a", A)] * 101, "A form must have 1 to 100 fields"),
        ([Line("Name", A)], "the name “Name” must begin with a–z"),
        ([Line("a.b", A)], "the name “a.b” must begin"),
        ([Line("problem", A)], "is used by the system itself"),
        ([Line("a", A), Line("a", A)], "an earlier field has the name “a” too"),
        ([Line("a", NONE)], "every text needs its Thai and its English"),
        ([Line("a", A, help=NONE)], "every text needs its Thai and its English"),
        ([Line("a", A, when=When("b", ("x",))), CHOICE], "which is not a field before it"),
        ([Line("a", A, when=When("a", ("x",)))], "which is not a field before it"),
        ([Line("a", A), Line("b", A, when=When("a", ("x",)))], "which is no choice"),
        ([CHOICE, Line("b", A, when=When("first", ("x",)))], "does not offer"),
        ([CHOICE, Line("b", A, when=When("first", ()))], "does not offer"),
        ([Yes("y", A), Line("b", A, when=When("y", ("on",)))], "does not offer"),
        ([Line("a", A, step=A), Line("b", A), Line("c", A, step=A)], "must stand together"),
        ([Line("a", A, longest=501)], "the greatest length must be from 1 to 500"),
        ([Line("a", A, shortest=9, longest=8)], "the least length must be from 0 to 8"),
        ([Lines("a", A, longest=0)], "the greatest length must be from 1 to 20,000"),
        ([Number("a", A, least=2, most=1)], "the lower limit must not exceed the upper"),
        ([Number("a", A, decimals=7)], "the number of decimals must be from 0 to 6"),
        ([Money("a", A, least=-1)], "the lower limit must not exceed the upper"),
        ([Day("a", A, earliest_days=1, latest_days=0)], "the lower limit must not exceed"),
        (
            [Day("a", A, earliest=date(2026, 2, 1), latest=date(2026, 1, 1))],
            "the lower limit must not exceed",
        ),
        ([Day("a", A, latest_days=10**9)], "a limit in days must be from"),
        ([Choice("a", A, options=TWO[:1])], "the number of options must be from 2 to 100"),
        ([Choice("a", A, options=(*TWO, TWO[0]))], "the option code “a” is used twice"),
        ([Choice("a", A, options=(*TWO, Option("C c", A)))], "the option code “C c” may only"),
        ([Choice("a", A, options=(*TWO, Option("c", NONE)))], "every option needs its name"),
        ([Choices("a", A, options=TWO, most=3)], "how many may be ticked must be from 1 to 2"),
        ([File("a", A, most=0)], "the number of files must be from 1 to 20"),
        ([File("a", A, largest_mb=101)], "the megabytes of a file must be from 1 to 100"),
        ([File("a", A, kinds=())], "choose at least one kind of file"),
    ],
)
def test_every_fault_is_told(fields: list[Field], told: str) -> None:
    faults = check_fields(fields)

    assert any(told in fault.en for fault in faults), faults
    assert all(fault.th and "{" not in fault.th + fault.en for fault in faults)


def test_a_form_with_several_faults_tells_all_of_them() -> None:
    faults = check_fields([Line("A", NONE, longest=600), Choice("b", A, options=())])

    assert len(faults) == 4
