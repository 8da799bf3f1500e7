"""The services: sound declarations, complete words, pages that are never empty."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from core.api import Text
from core.tenants.founding import new_tenant
from kit.casework import Service, check_service, dump, load, questions
from kit.forms import Choice, Place, fill, pages, read, read_json, shown
from kit.thai import Days, WorkingDays
from plugins.permits.rules.dated import LATEST
from plugins.permits.services import declared
from tests.plugins.permits.requests import HOUSE, PLAN, TODAY

THAI = re.compile("[ก-๙]")
LARGE = msgspec.structs.replace(PLAN, code="large", area=PLAN.area * 2)
MAEHIA = new_tenant("maehia", name="เทศบาลเมืองแม่เหียะ", name_en="Mae Hia", subdistricts=("500109",))
PLACE = Place(MAEHIA, TODAY)
SMALL, BUILD, NOTIFY, *AFTER = declared((PLAN, LARGE))
WITHOUT_PLANS = declared()[:3]
OF_PERMITS = (SMALL, BUILD, NOTIFY, *WITHOUT_PLANS)
SERVICES = (*OF_PERMITS, *AFTER)
EACH = pytest.mark.parametrize(
    "service",
    SERVICES,
    ids=[f"{one.code}{' without plans' if one in WITHOUT_PLANS else ''}" for one in SERVICES],
)
ADDRESS = {"house_no": "88/12", "subdistrict": "500109", "postcode": "50100"}
FIXED: dict[str, Any] = {
    "address": ADDRESS,
    "pin": {"lat": 18.7412, "lon": 98.95},
    "plot": [
        {"lat": 18.7411, "lon": 98.9499},
        {"lat": 18.7413, "lon": 98.9499},
        {"lat": 18.7413, "lon": 98.9501},
        {"lat": 18.7411, "lon": 98.9501},
    ],
    "thai_id": "1101700230708",
    "juristic_id": "0105536112014",
    "day": "2020-01-31",
    "line": "คำตอบ 1",
    "lines": "คำตอบ 1",
    "phone": "+66812345678",
}


def answer(draw: DrawFn, field: Any) -> Any:
    match field.kind:
        case "choice":
            return draw(st.sampled_from([option.code for option in field.options]))
        case "number":
            whole = draw(st.integers(field.least, min(field.most, 99)))
            return f"{whole:.{field.decimals}f}" if field.decimals else whole
        case kind:
            return FIXED[kind]


@st.composite
def answered(draw: DrawFn) -> tuple[int, dict[str, Any]]:
    at = draw(st.integers(0, len(SERVICES) - 1))
    service = SERVICES[at]
    given: dict[str, Any] = {}
    for field in service.form:
        if field.is_asked(given) and (field.required or draw(st.booleans())):
            given[field.name] = answer(draw, field)
    return at, given


def texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from (one for name in value.__struct_fields__ for one in texts(getattr(value, name)))
    elif isinstance(value, tuple):
        yield from (one for part in value for one in texts(part))


@EACH
def test_nothing_is_wrong_with_a_declaration(service: Service) -> None:
    assert list(check_service(service)) == []
    assert load(dump(service)) == service
    assert service.unit in MAEHIA.units


@EACH
def test_every_word_is_there_in_both_languages(service: Service) -> None:
    for text in texts(service):
        assert bool(text.th.strip()) == bool(text.en.strip()), text
        assert not THAI.search(text.en), text
        assert THAI.search(text.th) or not text.th, text


@EACH
def test_documents_are_asked_for_with_a_reason_where_the_answers_need_them(
    service: Service,
) -> None:
    fields = {field.name: field for field in service.form}
    for document in service.documents:
        assert document.note.th or document.way == "looked_up"
        if document.when is not None:
            field: Any = fields[document.when.field]
            assert set(document.when.values) <= {option.code for option in field.options}


@EACH
def test_pages_are_short_and_no_question_is_one_about_the_person(service: Service) -> None:
    asked = {field.name for field in questions(service.applying)}
    assert asked.isdisjoint(field.name for field in service.form)
    assert all(field.step is not None for field in service.form)
    assert all(len(one.fields) <= 8 for one in pages(service.form))


@given(answered())
def test_no_page_is_empty_whatever_was_answered_before(one: tuple[int, dict[str, Any]]) -> None:
    service, given = SERVICES[one[0]], one[1]
    for number, page in enumerate(pages(service.form)):
        before = {field.name for past in pages(service.form)[:number] for field in past.fields}
        known = {name: value for name, value in given.items() if name in before}
        assert shown(page.fields, known), page.title


@given(answered())
def test_what_people_can_answer_is_read_alike_from_json_and_from_a_page(
    one: tuple[int, dict[str, Any]],
) -> None:
    service, given = SERVICES[one[0]], one[1]
    sent = read_json(service.form, given, PLACE)
    typed = read(service.form, fill(service.form, sent.values), PLACE)

    assert sent.problems == typed.problems == {}
    assert sent.values == typed.values
    assert given.items() <= sent.values.items()


@pytest.mark.parametrize("service", OF_PERMITS, ids=[str(n) for n in range(6)])
def test_every_answer_that_the_rules_ask_for_has_its_question(service: Service) -> None:
    asked = {field.name for field in service.form}
    optional = {"plan"} if not any(field.name == "plan" for field in service.form) else set()
    if service.code == "permits.notify":
        optional |= {"designer", "supervisor"}

    assert set(HOUSE) - asked == optional


def test_the_fast_lane_offers_only_plans_that_fit_it() -> None:
    offered = {
        service.code: [option.code for option in field.options]
        for service in (SMALL, BUILD)
        for field in service.form
        if isinstance(field, Choice) and field.name == "plan"
    }
    assert offered == {
        "permits.small": ["dpt-1", "own"],
        "permits.build": ["dpt-1", "large", "own"],
    }


@pytest.mark.parametrize(
    ("chosen", "wanted"), [("dpt-1", {"site-plan"}), ("own", {"site-plan", "drawings"})]
)
def test_of_a_standard_plan_no_drawings_are_asked_for(chosen: str, wanted: set[str]) -> None:
    holding = {
        one.code
        for one in SMALL.documents
        if one.when is None or one.when.holds({"filed_as": "owner", "plan": chosen})
    }
    assert holding - {"id-card", "house-registration", "deed"} == wanted


def test_times_are_those_of_the_act_and_of_the_office() -> None:
    assert BUILD.within == SMALL.within == Days(45)
    assert BUILD.extensions == SMALL.extensions == (Days(45), Days(45))
    assert NOTIFY.within == WorkingDays(3)
    assert SMALL.steps[0].within == WorkingDays(3)
    assert BUILD.appeal.days == 30
    assert sum(step.within.count for step in BUILD.steps) <= 45
    assert sum(step.within.count for step in NOTIFY.steps) <= 3


def test_an_office_sets_the_time_of_its_pre_check_and_the_size_of_its_fast_lane() -> None:
    own = {
        code: msgspec.structs.replace(LATEST[code], since=date(2026, 1, 1), value=value)
        for code, value in (("fast.pre_check_days", "2"), ("fast.area", "250"))
    }
    small, *_ = declared((PLAN, LARGE), {**LATEST, **own})

    assert small.steps[0].within == WorkingDays(2)
    assert "250 ตร.ม." in small.title.th
    [plan] = [field for field in small.form if field.name == "plan"]
    assert plan.answer("large") is not None


def test_the_permit_warns_that_other_laws_still_hold() -> None:
    for service in (SMALL, BUILD, NOTIFY):
        assert any("กฎหมายอื่น" in one.th for one in service.conditions)
