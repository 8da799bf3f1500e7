import msgspec
import pytest

from core.api import Text
from kit.forms import Choice, Form, Line, Option, Place, When, read


def test_a_form_is_the_same_after_a_row_of_json(form: Form) -> None:
    row = msgspec.json.encode(form)

    assert msgspec.json.decode(row, type=Form) == form
    assert msgspec.convert(msgspec.to_builtins(form), type=Form) == form


def test_a_misspelt_setting_of_a_form_is_refused() -> None:
    row = [{"kind": "line", "name": "a", "label": {"th": "ก", "en": "a"}, "longets": 5}]

    with pytest.raises(msgspec.ValidationError, match="longets"):
        msgspec.convert(row, type=Form)


def test_what_is_not_said_takes_no_room_in_the_row() -> None:
    assert msgspec.to_builtins(Line("a", Text("ก", "A"))) == {
        "kind": "line",
        "name": "a",
        "label": {"th": "ก", "en": "A"},
    }


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({"reason": "crime"}, True),
        ({"reason": "lost"}, False),
        ({"reason": ["lost", "crime"]}, True),
        ({"reason": []}, False),
        ({"reason": True}, False),
        ({}, False),
    ],
)
def test_a_condition_is_data_that_documents_may_use_too(
    answers: dict[str, object], holds: bool
) -> None:
    assert When("reason", ("crime",)).holds(answers) == holds


def test_the_help_says_when_a_field_is_to_be_filled_in(form: Form, place: Place) -> None:
    by_name = {field.name: field for field in form}

    assert by_name["plate"].guidance(form, place) == Text(
        "กรอกเมื่อข้อ “เห็นอะไร” ตอบว่า “รถยนต์”", "Only if “What was seen” is “A car”."
    )
    assert by_name["why_not"].guidance(form, place) == Text(
        "กรอกเมื่อข้อ “รับข่าวสาร” ตอบว่า “ไม่”", "Only if “Send me news” is “No”."
    )
    assert by_name["plate"].guidance((by_name["plate"],), place) is None
    assert by_name["road"].guidance(form, place) == by_name["road"].help


def test_braces_in_labels_are_only_text(place: Place) -> None:
    label = Text("ชื่อ {0} {label}", "Name {0} {label}")
    field = Choice("x", label, options=(Option("a", label), Option("b", label)))

    assert read([field], {}, place).problems["x"].en == "Choose an answer to “Name {0} {label}”."
    assert read([field], {"x": ["{y}"]}, place).problems["x"].en.startswith("The answer to “Name")
