import pytest

from core.api import Text
from kit.forms import Choice, Choices, Option, Place, Yes, read, read_json

LABEL = Text("เหตุที่ขอดู", "Reason")
OPTIONS = tuple(Option(f"o{n}", Text(f"ข้อ {n}", f"Answer {n}")) for n in range(8))


def test_up_to_seven_options_are_radio_buttons() -> None:
    assert Choice("reason", LABEL, options=OPTIONS[:7]).radios
    assert not Choice("reason", LABEL, options=OPTIONS).radios


@pytest.mark.parametrize("typed", ["o9", "Answer 1", "O1", "o1,o2"])
def test_only_what_is_offered_is_taken(typed: str, place: Place) -> None:
    problems = read([Choice("reason", LABEL, options=OPTIONS)], {"reason": [typed]}, place).problems

    assert problems["reason"].th == "คำตอบในข้อ “เหตุที่ขอดู” ไม่อยู่ในรายการ เลือกใหม่จากรายการ"


def test_a_choice_that_was_not_made_is_asked_for(place: Place) -> None:
    field = Choice("reason", LABEL, options=OPTIONS)

    assert read([field], {"reason": [""]}, place).problems["reason"].en == (
        "Choose an answer to “Reason”."
    )


def test_ticks_are_stored_in_the_order_of_the_list(place: Place) -> None:
    field = Choices("reason", LABEL, options=OPTIONS, most=2)

    assert read([field], {"reason": ["o3", "o1", "o3", ""]}, place).values == {
        "reason": ["o1", "o3"]
    }
    assert read_json([field], {"reason": ["o3", "o1"]}, place).values == {"reason": ["o1", "o3"]}


def test_more_ticks_than_may_be_are_counted(place: Place) -> None:
    field = Choices("reason", LABEL, options=OPTIONS, most=2)

    assert read([field], {"reason": ["o1", "o2", "o3"]}, place).problems["reason"].en == (
        "“Reason” takes at most 2 answers and 3 are ticked."
    )


def test_a_required_tick_must_be_set(place: Place) -> None:
    field = Yes("agree", Text("ข้าพเจ้ายินยอม", "I agree"))

    assert read([field], {}, place).problems["agree"].th == (
        "ทำเครื่องหมายหน้าข้อความ “ข้าพเจ้ายินยอม” ก่อนไปต่อ"
    )
    assert "agree" in read([field], {"agree": ["on"]}, place).problems
    assert "agree" in read_json([field], {"agree": False}, place).problems
    assert read([field], {"agree": ["yes"]}, place).values == {"agree": True}


def test_a_consent_that_was_not_given_is_on_record(place: Place) -> None:
    field = Yes("news", Text("รับข่าวสาร", "Send me news"), required=False)

    assert read([field], {}, place).values == {"news": False}
    assert read_json([field], {}, place).values == {"news": False}
