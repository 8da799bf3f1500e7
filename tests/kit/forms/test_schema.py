import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from core.api import Text
from kit.forms import JSON, Form, Line, Place, When, Yes, json_schema, pages, read_json


def _pattern(_: object, pattern: str, text: object, __: object) -> Any:
    # Patterns are those of ECMA-262, where $ is the very end and no line feed may follow.
    if isinstance(text, str) and not re.search(pattern.removesuffix("$") + r"\Z", text):
        yield ValidationError("pattern")


@pytest.fixture(scope="session")
def validator(form: Form) -> Any:
    kind = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
    schema = json_schema(form)
    kind.check_schema(schema)
    return kind(schema, format_checker=FormatChecker(["date"]))


words = st.text(st.sampled_from(" \n\tกข1\u200b\u00a0\0\ue000"), max_size=4)
CORNERS = [
    {"lat": 18.741, "lon": 98.9498},
    {"lat": 18.7415, "lon": 98.9498},
    {"lat": 18.7414123456, "lon": 98.9503},
    {"lat": 18.741, "lon": 98.9502},
]
# Whatever is within a schema's reach, right or wrong: check digits, the calendar, the area
# of a pin and limits of figures with decimals are not.
parts: dict[str, st.SearchStrategy[Any]] = {
    "reason": st.sampled_from(["crime", "lost", "theft", "", 1]),
    "seen": st.lists(st.sampled_from(["car", "person", "animal", "ufo"]), max_size=4),
    "plate": words | st.sampled_from(["กข 1234", "x" * 12, "x" * 13, None]),
    "road": words | st.sampled_from(["ก" * 200, "ก" * 201]),
    "deed": st.sampled_from(["", "1", "๑", "000001", "1234567", "1 2", "1\n"]),
    "story": words | st.sampled_from(["ก\n\nข", "ก\n\n\nข", "ก\r\nข", "ก " * 50, "ก" * 100]),
    "on": st.sampled_from(["2026-11-20", "2026-10-21", "20261120", "2569-11-20x", "", 7]),
    "area": st.sampled_from(["0.00", "150.00", "12.3", "12", "-1.00", "1,000.00", 12, 12.5]),
    "people": st.integers(-2, 3) | st.sampled_from(["3", True, 10**12, 10**12 - 1]),
    "worth": st.integers(-2, 3) | st.sampled_from(["3", False, 10**14, 10**14 - 1]),
    "bank": st.sampled_from(["b0", "b8", " b0"]),
    "spot": st.sampled_from(
        [{"lat": 18.7412, "lon": 98.95}, {"lat": 18.74121212, "lon": 98.95}, {"lat": 18.7}, []]
    ),
    "land": st.sampled_from(
        [[], [{"lat": 18.741, "lon": 98.95}] * 2, [{"lat": 18.741}] * 4, CORNERS, CORNERS[:3], "x"]
    ),
    "citizen": st.sampled_from(["1234545678781", "1-2345-45678-78-1", "123454567878"]),
    "company": st.sampled_from(["0994000617721", "0994000617721\n", "1234545678781"]),
    "phone": st.sampled_from(["+66812345678", "0812345678", "+6653123456", "+66112345678"]),
    "mail": st.sampled_from(["a@b.co", "A@b.co", "a@B.co", "a@b", "a b@c.co", "a@b.co\n", "a@b.c"]),
    "home": st.fixed_dictionaries(
        {"subdistrict": st.sampled_from(["500109", "50010", "other", ""])},
        optional={
            "house_no": st.sampled_from(["1", "", "1  2", "ก\0"]),
            "moo": st.sampled_from(["1", "", " 1"]),
            "postcode": st.sampled_from(["50100", "5010", "๕๐๑๐๐"]),
            "elsewhere": st.just("หางดง"),
        },
    ),
    "papers": st.lists(st.sampled_from(["a", "b-1", "c", "d", "", "ก"]), max_size=4),
    "news": st.sampled_from([True, False, "yes", 1, None]),
    "why_not": words,
    "agree": st.sampled_from([True, False, "yes", 1]),
    "zzz": st.just(1),
}


@given(data=st.data())
def test_the_schema_and_the_reader_take_the_same_values(
    data: st.DataObject, form: Form, place: Place, values: dict[str, JSON], validator: Any
) -> None:
    document = dict(values)
    for name in data.draw(st.lists(st.sampled_from(sorted(parts)), max_size=3)):
        document.pop(name, None)
        if data.draw(st.booleans()):
            document[name] = data.draw(parts[name])

    taken = not read_json(form, document, place).problems

    assert taken == validator.is_valid(document), document


def test_the_schema_is_described_in_thai(form: Form) -> None:
    schema = json_schema(form)

    assert schema["properties"]["road"]["title"] == "บริเวณกล้อง"
    assert schema["properties"]["road"]["description"] == "ชื่อถนนหรือแยก"
    assert {"const": "crime", "title": "เกิดอาชญากรรม"} in schema["properties"]["reason"]["oneOf"]


def test_a_page_whose_conditions_look_at_another_page_has_a_schema_too(form: Form) -> None:
    [_, person] = pages(form)

    Draft202012Validator.check_schema(json_schema(person.fields))
    assert "agree" in json_schema(person.fields)["required"]


@pytest.mark.parametrize(
    ("document", "taken"),
    [
        ({}, False),
        ({"why": "ไม่สะดวก"}, True),
        ({"news": False}, False),
        ({"news": False, "why": "ไม่สะดวก"}, True),
        ({"news": True}, True),
        ({"news": True, "why": 7}, True),
    ],
)
def test_a_tick_that_is_absent_is_not_set_for_the_schema_too(
    document: dict[str, JSON], taken: bool, place: Place
) -> None:
    form = (
        Yes("news", Text("รับข่าว", "News"), required=False),
        Line("why", Text("เพราะอะไร", "Why not"), when=When("news", ("no",))),
    )

    assert Draft202012Validator(json_schema(form)).is_valid(document) == taken
    assert (read_json(form, document, place).problems == {}) == taken
