import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from core.api import Text
from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.tenants.founding import new_tenant
from kit.casework import Service, Status, check_service, dump, file_case, load, questions
from kit.casework.applicant import Applicant
from kit.casework.service import handling
from kit.casework.tables import Case
from kit.documents.tables import IssuedPaper
from kit.forms import Place, fill, pages, read, read_json
from plugins.oss import services
from plugins.oss.rules.topics import TOPICS

TODAY = date(2026, 11, 20)
THAI = re.compile("[ก-๙]")
KINDS = ("เทศบาลนคร", "เทศบาลเมือง", "เทศบาลตำบล", "องค์การบริหารส่วนตำบล")
MAEHIA = new_tenant("maehia", name="เทศบาลเมืองแม่เหียะ", name_en="Mae Hia", subdistricts=("500109",))
PLACE = Place(MAEHIA, TODAY)
WORDS = st.text("กขคงจabc1234 /.-", min_size=1, max_size=40).map(lambda one: f"ก{one}ข")
SOMCHAI = Applicant(name="นายสมชาย ใจดี", phone="+66812345678")

every_service = pytest.mark.parametrize(
    "service", services.ALL, ids=[one.code for one in services.ALL]
)


def words(field: Any) -> SearchStrategy[str]:
    if getattr(field, "digits", False):
        return st.text("0123456789", min_size=field.shortest, max_size=field.longest)
    return WORDS.map(lambda one: " ".join(one.split())[: field.longest].strip())


def days(field: Any) -> SearchStrategy[str]:
    first, last = field.limits(PLACE)
    first, last = first or TODAY - timedelta(days=20_000), last or TODAY
    return st.dates(first, last).map(date.isoformat)


def ticked(field: Any) -> SearchStrategy[list[str]]:
    codes = [option.code for option in field.options]
    some = st.sets(st.sampled_from(codes), min_size=1)
    return some.map(lambda chosen: [code for code in codes if code in chosen])


ADDRESS = {"house_no": "88/12", "moo": "5", "subdistrict": "500109", "postcode": "50100"}
MAKE: dict[str, Callable[[Any], SearchStrategy[Any]]] = {
    "line": words,
    "lines": words,
    "number": lambda field: st.integers(field.least, field.most),
    "day": days,
    "choice": lambda field: st.sampled_from([option.code for option in field.options]),
    "choices": ticked,
    "yes": lambda field: st.just(True) if field.required else st.booleans(),
    "address": lambda _: st.just(ADDRESS),
    "pin": lambda _: st.just({"lat": 18.7412, "lon": 98.95}),
}


@st.composite
def answers(draw: DrawFn, service: Service) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for field in service.form:
        if field.is_asked(given) and (field.required or draw(st.booleans())):
            given[field.name] = draw(MAKE[field.kind](field))
    return given


def filled() -> SearchStrategy[tuple[Service, dict[str, Any]]]:
    return st.sampled_from(services.ALL).flatmap(
        lambda service: answers(service).map(lambda values: (service, values))
    )


def texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from (one for name in value.__struct_fields__ for one in texts(getattr(value, name)))
    elif isinstance(value, tuple):
        yield from (one for part in value for one in texts(part))


@every_service
def test_nothing_is_wrong_with_a_declaration(service: Service) -> None:
    assert list(check_service(service)) == []
    assert load(dump(service)) == service
    assert service.code.startswith("oss.")


def test_every_service_has_a_code_and_a_title_of_its_own() -> None:
    assert len({one.code for one in services.ALL}) == len(services.ALL)
    for language in ("th", "en"):
        assert len({one.title.to(language) for one in services.ALL}) == len(services.ALL)


@every_service
def test_the_steps_fit_into_the_time_that_is_promised(service: Service) -> None:
    assert {type(step.within) for step in service.steps} == {type(service.within)}
    assert sum(step.within.count for step in service.steps) <= service.within.count


@every_service
@pytest.mark.parametrize("kind", KINDS)
def test_its_division_and_its_heading_are_there(service: Service, kind: str) -> None:
    assert service.unit in new_tenant("x", name=f"{kind}ทดสอบ", name_en="Try").units
    assert service.topic in TOPICS


@every_service
def test_every_word_is_there_in_both_languages(service: Service) -> None:
    for text in texts(service):
        assert bool(text.th.strip()) == bool(text.en.strip()), text
        assert not THAI.search(text.en), text
        assert THAI.search(text.th) or not text.th, text


@every_service
def test_citizens_are_told_the_law_and_find_it_by_words_of_both_languages(
    service: Service,
) -> None:
    assert service.law
    assert any(THAI.search(word) for word in service.words)
    assert any(word.isascii() for word in service.words)


@every_service
def test_a_case_is_told_from_another_by_words_that_were_typed(service: Service) -> None:
    kinds = {field.name: field.kind for field in service.form}
    assert service.subject is None or kinds[service.subject] in ("line", "lines")


@every_service
def test_no_question_has_the_name_of_one_about_the_person(service: Service) -> None:
    asked = {field.name for field in questions(service.applying)}
    assert asked.isdisjoint(field.name for field in service.form)
    assert all(field.step is not None for field in service.form)
    assert all(len(one.fields) <= 8 for one in pages(service.form))


@every_service
def test_papers_of_the_state_are_looked_up_and_never_asked_for(service: Service) -> None:
    for document in service.documents:
        if document.code in ("id-card", "house-registration", "deed"):
            assert (document.way, document.originals, document.copies) == ("looked_up", 0, 0)


@every_service
def test_a_certificate_says_what_it_certifies(service: Service) -> None:
    assert (service.paper == "certificate") == (service.certifies is not None)


@given(filled())
def test_what_people_can_answer_is_read_alike_from_json_and_from_a_page(
    one: tuple[Service, dict[str, Any]],
) -> None:
    service, given = one
    sent = read_json(service.form, given, PLACE)
    typed = read(service.form, fill(service.form, sent.values), PLACE)

    assert sent.problems == typed.problems == {}
    assert sent.values == typed.values
    assert given.items() <= sent.values.items()


@given(filled())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_service_can_be_filed(
    ctx: Context, one: tuple[Service, dict[str, Any]]
) -> None:
    service, given = one
    values = read_json(service.form, given, PLACE).values
    filed = await file_case(
        ctx, service=service, applicant=SOMCHAI, answers=values, key=str(uuid4())
    )

    async with transaction(ctx):
        row = (
            await Case.select(Case.subject, Case.unit)
            .where(Case.of(ctx), Case.id == filed.id)
            .first()
        )
    told = values[service.subject] if service.subject else ""
    assert row == {"subject": told, "unit": service.unit}


@pytest.fixture
def officer(ctx: Context) -> Context:
    posts = ("registry", "officer", "inspector", "head", "director", "clerk", "mayor", "treasury")
    held = {f"casework.as_{post}": EVERYWHERE for post in posts} | {"casework.read": EVERYWHERE}
    actor = Actor(kind="officer", id=uuid4(), name="อรทัย มั่นคง", post="นายก", permissions=held)
    return replace(ctx, actor=actor)


@every_service
async def test_every_service_ends_in_its_paper(officer: Context, service: Service) -> None:
    filed = await file_case(officer, service=service, applicant=SOMCHAI, answers={}, key="one")
    await handling.accept(officer, filed.id, revision=1)
    for done in range(len(service.steps) - 1):
        await handling.forward(officer, filed.id, opinion="", revision=2 + done)
    await handling.approve(officer, filed.id, opinion="", revision=1 + len(service.steps))

    async with transaction(officer):
        case: Any = await Case.select().where(Case.of(officer), Case.id == filed.id).first()
        paper = (
            await IssuedPaper.select(IssuedPaper.contents)
            .where(IssuedPaper.of(officer), IssuedPaper.id == case["paper"])
            .first()
            .output(load_json=True)
        )
    assert case["status"] == Status.ISSUED
    assert case["decided_on"] <= case["due_on"]
    if service.certifies:
        assert paper["contents"]["certifies"] == f"นายสมชาย ใจดี {service.certifies.th}"
    if service.paper_title:
        assert paper["contents"]["title"] == service.paper_title.th
