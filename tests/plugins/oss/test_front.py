from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Text
from core.context import EVERYWHERE, Actor, Context
from core.tenants.service import switch_plugin
from kit.casework import Decided, Service, file_case, offered
from kit.casework.applicant import Applicant
from kit.casework.service import handling
from plugins.oss import services
from plugins.oss.rules.topics import TOPICS
from plugins.oss.service import front, queue, search
from plugins.oss.service.front import Standing, listing, ranked, start_page
from plugins.oss.service.office import office_now
from plugins.oss.services.assistance import TRANSPORT, WATER
from plugins.oss.services.general import GENERAL

SOMCHAI = Applicant(name="นายสมชาย ใจดี", phone="+66812345678")
HTMX = {"HX-Request": "true"}
PAYDAY = Text("วันหยุดชดเชย", "Substitution")

every_service = pytest.mark.parametrize(
    "service", services.ALL, ids=[one.code for one in services.ALL]
)


def at(ctx: Context, moment: str, **tenant: Any) -> Context:
    """A moment in Thailand, e.g. ``2026-11-20 10:42``."""
    now = datetime.fromisoformat(f"{moment}:00+07:00").astimezone(UTC)
    return replace(ctx, now=now, tenant=replace(ctx.tenant, **tenant))


def an_officer(ctx: Context) -> Context:
    posts = ("registry", "officer", "inspector", "head", "director", "clerk", "mayor")
    held = {f"casework.as_{post}": EVERYWHERE for post in posts}
    actor = Actor(kind="officer", id=uuid4(), name="อรทัย", post="ปลัด", permissions=held)
    return replace(ctx, actor=actor)


async def filed(ctx: Context, service: Service, times: int = 1) -> None:
    for _ in range(times):
        await file_case(ctx, service=service, applicant=SOMCHAI, answers={}, key=str(uuid4()))


async def decided(ctx: Context, *, times: int, after: int) -> None:
    """Cases of a working day's limit that are decided some days after their file was complete."""
    for _ in range(times):
        one = await file_case(
            ctx, service=TRANSPORT, applicant=SOMCHAI, answers={}, key=str(uuid4())
        )
        officer = an_officer(ctx)
        later = replace(officer, now=officer.now + timedelta(days=after))
        await handling.accept(officer, one.id, revision=1)
        await handling.approve(later, one.id, opinion="", revision=2)


def codes(found: Any) -> list[str]:
    return [one.code.removeprefix("oss.") for one in found]


# The start page


async def test_the_front_door_has_a_search_doors_services_and_subjects(
    client: httpx.AsyncClient,
) -> None:
    page = await client.get("/")

    assert page.status_code == 200
    assert 'role="search"' in page.text
    for place in ("/services", "/track", "/v"):
        assert f'<a href="{place}"><svg' in page.text
    assert page.text.count('<li><a href="/services/oss.') == front.SHOWN
    assert '<a href="/services?topic=report">แจ้งเหตุ</a>' in page.text


async def test_what_is_not_there_is_not_shown(
    client: httpx.AsyncClient, ctx: Context, runtime: Any
) -> None:
    assert "เปิดร้านอาหาร" in (await client.get("/")).text
    await switch_plugin(ctx, plugin="food_cert", on=False)
    runtime.directory.forget()
    page = await client.get("/")

    for words in ("เปิดร้านอาหาร", "รอคิวตอนนี้", "ตามเวลาหรือไม่", "ร้านค้าและอาหาร"):
        assert words not in page.text


async def test_the_front_door_is_there_in_english(client: httpx.AsyncClient) -> None:
    client.cookies.set("language", "en")
    page = await client.get("/")

    assert "What brings you here today" in page.text
    assert "Street light out" in page.text
    assert "/services?q=street%20light" in page.text


async def test_with_the_plugin_off_the_plain_start_page_still_leads_to_what_is_on(
    client: httpx.AsyncClient, ctx: Context, runtime: Any
) -> None:
    await switch_plugin(ctx, plugin="oss", on=False)
    runtime.directory.forget()
    page, list_of_services = await client.get("/"), await client.get("/services")

    assert page.status_code == 200
    assert "มาที่สำนักงาน" in page.text
    assert '<a href="/track"><svg' in page.text
    assert "oss." not in page.text
    assert list_of_services.status_code == 404


async def test_what_is_asked_for_most_stands_first(ctx: Context) -> None:
    await filed(ctx, WATER, 3)
    await filed(ctx, TRANSPORT, 2)

    used = (await start_page(ctx)).values["used"]
    assert codes(used)[:3] == ["water", "patient-transport", "general"]


async def test_what_was_asked_for_long_ago_does_not_count(ctx: Context) -> None:
    await filed(replace(ctx, now=ctx.now - timedelta(days=91)), WATER, 3)
    await filed(replace(ctx, now=ctx.now - timedelta(days=89)), TRANSPORT)

    used = (await start_page(ctx)).values["used"]
    assert codes(used)[:2] == ["patient-transport", "general"]


async def test_another_municipality_has_its_own_ranking(ctx: Context, other: Context) -> None:
    await filed(other, WATER, 3)

    assert codes((await start_page(ctx)).values["used"])[0] == "general"
    assert codes((await start_page(other)).values["used"])[0] == "water"


def test_services_of_other_plugins_stand_behind_the_commonest_until_they_are_asked_for() -> None:
    bill = Service(**{**_fields(GENERAL), "code": "waste_fees.bill"})

    assert ranked([bill, *services.ALL], {})[-1] is bill
    assert ranked([bill, *services.ALL], {"waste_fees.bill": 1})[0] is bill


def _fields(service: Service) -> dict[str, Any]:
    return {name: getattr(service, name) for name in service.__struct_fields__}


async def test_the_share_in_time_is_counted_from_the_decisions_of_last_month(ctx: Context) -> None:
    october = replace(ctx, now=ctx.now - timedelta(days=40))
    await decided(october, times=19, after=0)
    await decided(october, times=1, after=9)
    await decided(ctx, times=3, after=9)

    standing = (await start_page(ctx)).values["standing"]
    assert standing.decided == Decided(total=20, in_time=19)
    assert (standing.percent, standing.month) == ("95.0", date(2026, 10, 1))


async def test_the_share_in_time_is_shown_with_its_month(
    client: httpx.AsyncClient, now: Context
) -> None:
    last_month = now.now.replace(day=1) - timedelta(days=10)
    await decided(replace(now, now=last_month), times=20, after=0)

    page = await client.get("/")
    assert "เราทำได้ตามเวลาหรือไม่" in page.text
    assert '<p class="money">100<small>%</small></p>' in page.text


@given(st.integers(0, 5_000), st.data())
def test_the_share_is_never_rounded_up_and_hidden_for_few(total: int, data: st.DataObject) -> None:
    in_time = data.draw(st.integers(0, total))
    percent = Standing({}, date(2026, 10, 1), Decided(total, in_time)).percent

    if total < 20:
        assert percent is None
    else:
        assert percent is not None
        assert 0 <= in_time * 100 / total - float(percent) < 0.1
        assert (percent == "100") == (in_time == total)


async def test_the_queue_is_told_while_somebody_waits_and_the_office_is_open(
    ctx: Context,
) -> None:
    assert (await start_page(ctx)).values["waiting"].count == 0

    soon = replace(ctx, now=ctx.now + timedelta(minutes=2))
    await queue.issue(soon, kind="general")
    assert (await start_page(soon)).values["waiting"].count == 1


# The office


@pytest.mark.parametrize(
    ("moment", "is_open", "words"),
    [
        ("2026-11-20 10:42", True, "เปิดอยู่ ถึง 16.30 น."),
        ("2026-11-20 08:30", True, "เปิดอยู่ ถึง 16.30 น."),
        ("2026-11-20 08:29", False, "ปิดอยู่ เปิดวันนี้ 08.30 น."),
        ("2026-11-20 16:30", False, "ปิดอยู่ เปิดวันอังคาร 08.30 น."),
        ("2026-11-21 10:00", False, "ปิดอยู่ เปิดวันอังคาร 08.30 น."),
        ("2026-11-23 10:00", False, "ปิดอยู่ เปิดวันอังคาร 08.30 น."),
        ("2026-11-28 10:00", True, "เปิดอยู่ ถึง 16.30 น."),
    ],
)
async def test_the_office_says_whether_it_is_open(
    ctx: Context, moment: str, is_open: bool, words: str
) -> None:
    monday, saturday = date(2026, 11, 23), date(2026, 11, 28)
    office = office_now(at(ctx, moment, closed={monday: PAYDAY}, opened=frozenset({saturday})))

    assert (office.is_open, office.words.th) == (is_open, words)


async def test_the_next_closed_day_is_one_on_which_people_would_come(ctx: Context) -> None:
    sunday, monday, tuesday = (date(2026, 11, 22) + timedelta(days=n) for n in range(3))
    closed = dict.fromkeys((date(2026, 11, 20), sunday, monday, tuesday), PAYDAY)
    office = office_now(at(ctx, "2026-11-20 10:42", closed=closed, opened=frozenset({monday})))

    assert office.holiday == tuesday
    assert office_now(at(ctx, "2026-11-20 10:42", closed={})).holiday is None


# The search


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ไฟถนนดับ", "street-light"),
        ("อยากแจ้งไฟดับหน้าบ้าน", "street-light"),
        ("ไฟ ดับ", "street-light"),
        ("กล้องวงจรปิด", "cctv"),
        ("cctv", "cctv"),
        ("I want to see CCTV", "cctv"),
        ("เบี้ยคนแก่", "old-age"),
        ("หนังสือรับรองที่อยู่", "residence-certificate"),
        ("ถนนหน้าบ้านเป็นหลุม", "road"),
        ("หมา", "stray-animal"),
        ("ตัดตนไม", "tree"),
        ("ขอยืมเก้าอี้", "borrow"),
        ("ส้วม", "septage"),
        ("เสียงดังข้างบ้าน", "nuisance"),
        ("certificate of conduct", "conduct-certificate"),
    ],
)
def test_people_find_what_they_mean(query: str, first: str) -> None:
    assert codes(search.find(services.ALL, query))[0] == first


@every_service
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_service_is_found_first_by_its_title(service: Service, language: Any) -> None:
    assert search.find(services.ALL, service.title.to(language))[0] is service


@every_service
def test_a_service_is_found_by_each_of_its_words(service: Service) -> None:
    for word in service.words:
        assert service in search.find(services.ALL, word)
        assert search.is_answered(services.ALL, word)


@pytest.mark.parametrize("query", ["xyzzy", "พาสปอร์ต", "", "  ", "- . !"])
def test_nothing_is_found_where_nothing_is_meant(query: str) -> None:
    assert search.find(services.ALL, query) == []


def test_a_cat_is_not_found_in_a_certificate() -> None:
    assert "stray-animal" not in codes(search.find(services.ALL, "certificate"))


@given(st.text(max_size=300))
def test_whatever_is_typed_is_answered_with_services_each_once(query: str) -> None:
    found = search.find(services.ALL, query)

    assert len({one.code for one in found}) == len(found)
    assert all(one in services.ALL for one in found)


@pytest.mark.parametrize("words", front.OFTEN, ids=lambda words: words.en)
def test_what_is_often_looked_for_is_answered_alike_in_both_languages(words: Text) -> None:
    answered = [search.is_answered(services.ALL, one) for one in (words.th, words.en)]

    assert answered in ([True, True], [False, False])


# The list of services


async def test_all_services_stand_under_their_subjects(
    client: httpx.AsyncClient, ctx: Context
) -> None:
    page = await client.get("/services")

    for one in services.ALL:
        assert page.text.count(f'<a href="/services/{one.code}">') == 1
    assert f"มี {len(await offered(ctx))} บริการ" in page.text
    headings = [TOPICS[code].th for code in TOPICS if f"<h2>{TOPICS[code].th}</h2>" in page.text]
    assert "แจ้งเหตุ" in headings
    assert "ภาษีและค่าธรรมเนียม" not in headings
    assert 'ภายใน <span class="nb">4 วันทำการ</span>' in page.text


async def test_a_subject_shows_only_its_own(client: httpx.AsyncClient) -> None:
    page = await client.get("/services?topic=welfare")

    assert "/services/oss.old-age" in page.text
    assert "/services/oss.cctv" not in page.text
    assert '<a href="/services?topic=welfare" aria-current="true">' in page.text


async def test_a_search_and_a_subject_go_together(ctx: Context) -> None:
    both = await listing(ctx, query="หนังสือรับรอง", topic="home")
    query = await listing(ctx, query="หนังสือรับรอง", topic="")

    assert codes(both["groups"][""]) == ["building-certificate"]
    assert set(both["topics"]) == set(query["topics"]) > {"home", "certificates"}


async def test_a_subject_that_nobody_knows_is_all(client: httpx.AsyncClient, ctx: Context) -> None:
    page = await client.get("/services?topic=xyzzy")

    assert f"มี {len(await offered(ctx))} บริการ" in page.text


async def test_where_nothing_is_found_a_way_on_is_shown(client: httpx.AsyncClient) -> None:
    page = await client.get("/services?q=xyzzy")
    narrowed = await client.get(f"/services?topic=tax&q={quote('ไฟถนนดับ')}")

    assert page.status_code == 200
    assert "ไม่พบบริการที่ตรงกับคำนี้" in page.text
    assert 'href="/services/oss.general"' in page.text
    assert "ค้นในทุกเรื่อง" in narrowed.text


async def test_as_one_types_only_the_results_are_sent(client: httpx.AsyncClient) -> None:
    part = await client.get(f"/services?q={quote('ไฟถนนดับ')}", headers=HTMX)

    assert part.text.strip().startswith('<div id="results"')
    assert "<html" not in part.text
    assert "/services/oss.street-light" in part.text


@pytest.mark.parametrize(
    "query",
    ["%3Cscript%3Ealert(1)%3C/script%3E", "%FF%FE", "%00", "ก" * 5_000, "%F0%9F%92%A1", "'; --"],
)
async def test_nothing_that_is_typed_breaks_the_page(client: httpx.AsyncClient, query: str) -> None:
    page = await client.get(f"/services?q={query}")

    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert len(page.text) < 30_000
