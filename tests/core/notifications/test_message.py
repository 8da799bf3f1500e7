import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.notifications.message import Message, render
from core.text import Text

FILED = Message(
    "oss.filed",
    Text("ยื่นเรื่องแล้ว เลขรับ {number}", "Filed as {number}"),
    Text("ต้องเสร็จภายใน {day}", "It must be done by {day}"),
)


def test_facts_stand_in_their_places_in_both_languages() -> None:
    day = Text("24 ธันวาคม 2569", "24 December 2026")

    subject, body = render(FILED, {"number": "1254/2569", "day": day})

    assert subject == Text("ยื่นเรื่องแล้ว เลขรับ 1254/2569", "Filed as 1254/2569")
    assert body == Text("ต้องเสร็จภายใน 24 ธันวาคม 2569", "It must be done by 24 December 2026")


def test_a_place_without_a_fact_is_a_fault_of_the_caller() -> None:
    with pytest.raises(KeyError, match="day"):
        render(FILED, {"number": 1})


def test_a_fact_that_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="number is float"):
        render(FILED, {"number": 1.5, "day": "-"})


def test_a_text_cannot_reach_into_the_facts() -> None:
    text = Text("{number.__class__} {0} {}", "{number!r}")

    subject, _ = render(Message("a.b", text, text), {"number": 1})

    assert subject == text


@pytest.mark.parametrize("number", ["1101700230708", "1-1017-00230-70-8", "๑๑๐๑๗๐๐๒๓๐๗๐๘"])
def test_a_citizens_number_is_never_sent(number: str) -> None:
    with pytest.raises(ValueError, match="citizen's number"):
        render(FILED, {"number": number, "day": "-"})


@given(st.text(), st.text())
def test_a_subject_is_always_one_short_line(number: str, day: str) -> None:
    subject, _ = render(FILED, {"number": number, "day": day})

    assert len(subject.th.splitlines()) == 1
    assert len(subject.th) <= 300
