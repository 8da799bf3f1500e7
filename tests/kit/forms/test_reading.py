from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Text
from kit.forms import JSON, Form, Line, Place, When, Yes, fill, read, read_json

# Text that is typed, pasted or forged: any character, half a surrogate pair, nothing.
anything = st.text(st.characters(exclude_categories=()), max_size=40)
telling = st.sampled_from(
    [
        "",
        "crime",
        "lost",
        "car",
        "yes",
        "no",
        "1",
        "๑๒",
        "2569",
        "2026",
        "b1",
        "other",
        "500109-50100",
    ]
)
few = st.lists(anything | telling, max_size=3)


@pytest.fixture(scope="session")
def controls(form: Form) -> list[str]:
    return [control for field in form for control in field.controls] + ["papers.drop", "_csrf"]


@given(data=st.data())
def test_nothing_that_is_posted_makes_it_raise(
    data: st.DataObject, form: Form, place: Place, controls: list[str]
) -> None:
    posted = data.draw(st.dictionaries(st.sampled_from(controls), few))

    reading = read(form, posted, place)

    for field in form:
        told = [control for control in field.controls if control in reading.problems]
        assert not (told and field.name in reading.values)
    assert all(problem.th and problem.en for problem in reading.problems.values())
    for texts in reading.typed.values():
        assert all(text.encode() and "\0" not in text for text in texts if text)


@given(data=st.data())
def test_what_was_read_fills_the_form_and_is_read_the_same_again(
    data: st.DataObject, form: Form, place: Place, posted: dict[str, list[str]]
) -> None:
    names = st.sampled_from(sorted(posted))
    changed = posted | data.draw(st.dictionaries(names, few))
    values = read(form, changed, place).values

    again = read(form, fill(form, values), place)

    assert again.values.items() >= values.items()


def test_every_kind_is_read_as_it_is_stored(
    form: Form, place: Place, posted: dict[str, list[str]], values: dict[str, JSON]
) -> None:
    reading = read(form, posted, place)

    assert reading.problems == {}
    assert reading.values == values


def test_json_is_held_to_the_same_rules(
    form: Form, place: Place, posted: dict[str, list[str]], values: dict[str, JSON]
) -> None:
    reading = read_json(form, values, place)

    assert reading.problems == {}
    assert reading.values == values
    assert read(form, reading.typed, place).values == values


def test_problems_stand_in_the_order_of_the_form_at_ids_of_controls(
    form: Form, place: Place, controls: list[str]
) -> None:
    problems = list(read(form, {}, place).problems)

    required = [field for field in form if field.required and field.when is None]
    assert problems == [field.controls[0] for field in required]
    assert [control for control in controls if control in problems] == problems


def test_a_text_of_ten_million_characters_is_refused_without_being_read(
    form: Form, place: Place
) -> None:
    huge = "ก" * 10_000_000

    reading = read(form, {field.controls[0]: [huge] for field in form}, place)

    assert len(reading.typed["story"][0]) == 500
    assert reading.problems["story"].en.startswith("“What happened” has 10,000,000 characters")
    assert sum(len(text) for texts in reading.typed.values() for text in texts) < 40_000


def test_of_a_text_within_reach_nothing_is_lost_in_silence(form: Form, place: Place) -> None:
    split = "ก" * 80 + " " * 400 + "ข" * 80

    reading = read(form, {"story": [split]}, place)

    assert "story" in reading.problems
    assert "story" not in reading.values


def test_a_field_whose_condition_fails_is_ignored_and_dropped(
    form: Form, place: Place, posted: dict[str, list[str]]
) -> None:
    reading = read(form, posted | {"reason": ["lost"], "seen": ["nonsense"]}, place)

    assert reading.problems == {}
    assert not {"seen", "plate"} & set(reading.values)
    assert reading.typed["plate"] == [" กข  1234 "]


def test_a_condition_on_a_dropped_field_fails_too(
    form: Form, place: Place, values: dict[str, JSON]
) -> None:
    reading = read_json(form, values | {"reason": "lost", "plate": 7}, place)

    assert reading.problems == {}
    assert "plate" not in reading.values


CONSENT = (
    Yes("news", Text("รับข่าว", "News"), required=False),
    Line("mail", Text("ส่งที่ใด", "Where to"), when=When("news", ("yes",))),
    Line("why", Text("เพราะอะไร", "Why not"), when=When("news", ("no",))),
)


def test_a_tick_that_is_not_set_meets_the_condition_no(place: Place) -> None:
    assert list(read(CONSENT, {}, place).problems) == ["why"]
    assert list(read(CONSENT, {"news": ["yes"]}, place).problems) == ["mail"]


def test_a_condition_may_look_at_a_page_before(place: Place) -> None:
    later = CONSENT[1:]

    assert list(read(later, {}, place, known={"news": True}).problems) == ["mail"]
    assert list(read_json(later, {}, place, known={"news": False}).problems) == ["why"]


def test_what_is_read_now_outdoes_what_was_known(place: Place) -> None:
    reading = read(CONSENT, {"why": ["ไม่สะดวก"]}, place, known={"news": True})

    assert reading.values == {"news": False, "why": "ไม่สะดวก"}


@pytest.mark.parametrize("document", [None, [], "x", 7, True])
def test_json_that_is_no_object_is_a_problem(form: Form, place: Place, document: object) -> None:
    assert list(read_json(form, document, place).problems) == [""]


def test_a_name_that_is_no_fields_is_a_problem_and_shown_cut_and_clean(place: Place) -> None:
    names = {f"\0x{number}" + "y" * 10_000_000: 1 for number in range(9)}

    problems = read_json(CONSENT[:1], names, place).problems

    assert next(iter(problems)) == "x0" + "y" * 37
    assert len(problems) == 5


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | anything,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=5,
)


@given(data=st.data())
def test_no_json_makes_it_raise(
    data: st.DataObject, form: Form, place: Place, values: dict[str, JSON]
) -> None:
    names = st.sampled_from([field.name for field in form]) | anything
    document: dict[str, Any] = values | data.draw(st.dictionaries(names, json, max_size=4))

    reading = read_json(form, document, place)

    again = read(form, fill(form, reading.values), place)
    assert again.values.items() >= reading.values.items()
