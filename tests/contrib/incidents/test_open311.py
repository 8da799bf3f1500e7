from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from contrib.incidents.rules.categories import CATEGORIES
from contrib.incidents.rules.georeport import LONGEST_SPAN, Wrong, moment, span, written
from contrib.incidents.service import keys
from core.context import Context
from core.errors import Conflict, NotAllowed
from core.identity import attempts
from tests.contrib.incidents.conftest import HOME, a_pole, an_officer, rows
from tests.contrib.incidents.georeport import (
    ATTRIBUTE,
    DISCOVERY,
    ENDPOINT,
    REQUEST,
    SERVICE,
    W3C,
    Client,
)
from tests.contrib.incidents.reports import a_report, assigned, worked
from tests.today import year

HERE = {"lat": "18.74010000000000123", "long": "98.9502"}
NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture
async def api(client: httpx.AsyncClient) -> Client:
    return Client(client)


@pytest.fixture
async def key(officer: Context) -> str:
    return await keys.give(officer, holder="แอปของจังหวัด", email="app@example.go.th")


async def test_discovery_says_where_the_interface_is_and_what_it_speaks(api: Client) -> None:
    found = await api.get("discovery")

    assert list(found) == DISCOVERY
    [endpoint] = found["endpoints"]
    assert list(endpoint) == ENDPOINT
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"].endswith("/open311/v2")
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert W3C.fullmatch(found["changeset"])


async def test_the_services_are_the_categories_and_say_whether_they_ask_for_more(
    api: Client,
) -> None:
    found = await api.get("services", jurisdiction_id="maehia")

    assert [list(one) for one in found] == [SERVICE] * len(CATEGORIES)
    assert {one["type"] for one in found} == {"realtime"}
    lighting = found[0]
    assert (lighting["service_code"], lighting["service_name"]) == ("lighting", "แสงสว่าง")
    assert lighting["metadata"] is True
    definition = await api.get("services/lighting")
    assert definition["service_code"] == "lighting"
    assert [list(one) for one in definition["attributes"]] == [ATTRIBUTE]
    assert (await api.get("services/road"))["attributes"] == []


@pytest.mark.parametrize(
    ("name", "status", "params"),
    [
        ("services", 404, {"jurisdiction_id": "city.gov"}),
        ("services/033", 404, {}),
        ("requests", 404, {"jurisdiction_id": "city.gov"}),
        ("requests", 404, {"service_code": "033"}),
        ("requests", 400, {"status": "fixed"}),
        ("requests", 400, {"start_date": "24 May 2010"}),
        ("requests", 400, {"start_date": "2010-05-24T00:00:00"}),
        ("requests", 400, {"start_date": "0001-01-01T00:00:00Z"}),
        ("requests", 400, {"end_date": "9999-12-31T23:59:59Z"}),
        ("requests", 400, {"end_date": "0001-01-01T00:00:00+14:00"}),
        (
            "requests",
            400,
            {"start_date": "2010-01-01T00:00:00Z", "end_date": "2010-04-02T00:00:00Z"},
        ),
        (
            "requests",
            400,
            {"start_date": "2010-06-24T00:00:00Z", "end_date": "2010-05-24T00:00:00Z"},
        ),
        ("requests/638344", 404, {}),
    ],
)
async def test_what_cannot_be_answered_is_told_as_the_specification_has_it(
    api: Client, name: str, status: int, params: dict[str, str]
) -> None:
    found = await api.get(name, status, **params)

    assert [list(one) for one in found] == [["code", "description"]]
    assert found[0]["code"] == status
    assert found[0]["description"]


async def test_a_program_with_a_key_sends_a_report_with_all_that_the_example_has(
    api: Client, key: str, ctx: Context
) -> None:
    pole = await a_pole(ctx)
    form = {
        "api_key": key,
        "jurisdiction_id": "maehia",
        "service_code": "lighting",
        "address_string": "ปากซอย 5",
        "email": "smit333@example.org",
        "device_id": "tt222111",
        "account_id": "123456",
        "first_name": "john",
        "last_name": "smith",
        "phone": "0812345678",
        "description": "A lamp is out\nall along the street <b>here</b>",
        "media_url": "https://example.org/2002/2212426634.jpg",
        "attribute__asset": "mh-0123",
        **HERE,
    }

    [sent] = await api.post(**form)

    assert list(sent) == ["service_request_id", "service_notice", "account_id"]
    assert sent["service_request_id"] == f"{year()}-00001"
    assert "24 ชั่วโมงทำการ" in sent["service_notice"]
    [row] = await rows(ctx, "SELECT * FROM incidents.report")
    assert (row["asset_id"], row["channel"]) == (pole, "open311")
    [voice] = await rows(ctx, "SELECT * FROM incidents.voice")
    assert (voice["name"], voice["phone"]) == ("john smith", "+66812345678")
    assert voice["media_url"] == form["media_url"]

    [seen] = await api.get(f"requests/{year()}-00001")
    assert list(seen) == REQUEST
    assert (seen["status"], seen["address_id"], seen["lat"]) == ("open", "MH-0123", 18.7401)
    assert seen["description"] is None
    assert all(W3C.fullmatch(seen[f"{name}_datetime"]) for name in ("requested", "updated"))
    assert W3C.fullmatch(seen["expected_datetime"])
    everything = str(seen)
    assert not [one for one in ("smith", "81234567", "smit333", "2212426634") if one in everything]
    root = await api.post(200, "xml", **form | {"service_code": "road"})
    assert (root.tag, root[0].tag) == ("service_requests", "request")
    assert root[0][0].text == f"{year()}-00002"


@pytest.mark.parametrize(
    ("status", "more"),
    [
        (403, {"api_key": ""}),
        (403, {"api_key": "xyz"}),
        (400, {"service_code": ""}),
        (404, {"service_code": "033"}),
        (404, {"jurisdiction_id": "city.gov"}),
        (400, {"lat": ""}),
        (400, {"lat": "", "long": ""}),
        (400, {"lat": "37.76524078", "long": "-122.4212043"}),
        (400, {"lat": "13.7563", "long": "100.5018"}),
        (400, {"lat": "north", "long": "east"}),
        (400, {"address_id": "545483"}),
        (400, {"attribute__asset": "COISL001"}),
        (400, {"description": "x" * 4_001}),
        (400, {"phone": "111111111"}),
        (400, {"email": "nobody"}),
    ],
)
async def test_what_cannot_be_taken_is_told_and_leaves_nothing(
    api: Client, key: str, ctx: Context, status: int, more: dict[str, str]
) -> None:
    form = {"api_key": key, "service_code": "lighting", **HERE} | more

    found = await api.post(status, **form)

    assert [one["code"] for one in found] == [status]
    assert await rows(ctx, "SELECT 1 FROM incidents.report") == []
    root = await api.post(status, "xml", **form)
    assert [inner.tag for inner in root[0]] == ["code", "description"]


@pytest.mark.parametrize("where", [HERE, {"address_string": "หน้าวัด"}, {"address_id": "MH-0123"}])
async def test_any_one_of_the_three_places_is_enough(
    api: Client, key: str, ctx: Context, where: dict[str, str]
) -> None:
    await a_pole(ctx)

    [sent] = await api.post(api_key=key, service_code="lighting", **where)

    assert sent["service_request_id"] == f"{year()}-00001"


async def test_a_program_that_sends_too_much_is_told_when_to_go_on(
    client: httpx.AsyncClient, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "FILINGS", attempts.FILINGS._replace(free=2))
    form = {"api_key": key, "service_code": "lighting", **HERE}

    sent = [await client.post("/open311/v2/requests.json", data=form) for _ in range(3)]

    assert [one.status_code for one in sent] == [200, 200, 429]
    assert int(sent[-1].headers["retry-after"]) > 0


async def test_a_key_is_withdrawn_from_one_moment_on(
    api: Client, key: str, officer: Context, other: Context
) -> None:
    form = {"api_key": key, "service_code": "lighting", **HERE}
    await api.post(**form)
    [held] = await keys.all_keys(officer)
    assert await keys.key_of(other, key) is None

    await keys.withdraw(officer, held["id"])

    await api.post(403, **form)
    with pytest.raises(Conflict):
        await keys.withdraw(officer, held["id"])
    with pytest.raises(NotAllowed):
        await keys.give(an_officer(officer, "คนอื่น", "incidents.read"), holder="x", email="x@y.th")


async def test_requests_are_asked_for_by_number_kind_state_and_time(
    api: Client, ctx: Context, officer: Context
) -> None:
    today = replace(ctx, now=datetime.now(UTC))
    here = replace(officer, now=today.now)
    old = await a_report(replace(ctx, now=today.now - timedelta(days=100)))
    lamp, road = await a_report(today), await a_report(today, category="road")
    await worked(here, await assigned(here, lamp))

    async def asked(**params: str) -> list[str]:
        return [one["service_request_id"] for one in await api.get("requests", **params)]

    assert await asked() == [road.code, lamp.code]
    assert await asked(service_code="road,canal") == [road.code]
    assert await asked(status="closed") == [lamp.code]
    assert await asked(status="open,closed") == [road.code, lamp.code]
    assert await asked(service_request_id=f"{old.code}, {road.code}") == [old.code, road.code]
    begin = (today.now - timedelta(days=110)).isoformat(timespec="seconds")
    assert await asked(start_date=begin) == [old.code]
    assert await asked(end_date=begin) == []
    [closed] = await api.get(f"requests/{lamp.code}")
    assert closed["status_notes"] == "เสร็จสิ้น เปลี่ยนหลอดแล้ว"
    assert closed["agency_responsible"] == "กองช่าง"
    assert closed["description"] == "ไฟดับ ปากซอย 5"
    assert closed["expected_datetime"] is None
    assert closed["media_url"].startswith("http")


async def test_keys_are_given_and_withdrawn_on_their_page(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    page = f"{HOME}/keys"
    assert "ยังไม่ได้ออกคีย์" in (await desk.get(page)).text
    assert (await desk.post(page, data={"holder": ""})).status_code == 422

    given = await desk.post(page, data={"holder": "แอปของจังหวัด", "email": "app@example.go.th"})

    key = given.text.split("data-key>")[1].split("<")[0]
    assert await keys.key_of(ctx, key)
    listed = await desk.get(page)
    assert key not in listed.text
    way = listed.text.split(f'action="{page}/')[1].split('"')[0]
    assert (await desk.post(f"{page}/{way}")).status_code == 303
    assert await keys.key_of(ctx, key) is None


@given(st.text(max_size=40))
def test_whatever_somebody_writes_is_xml(words: str) -> None:
    [[element]] = fromstring(written("services", [{"description": words}], "xml"))

    kept = "".join(
        one for one in words if one in "\t\n\r" or " " <= one < "\ufffe" or one > "\uffff"
    )
    assert (element.text or "") == kept.replace("\r\n", "\n").replace("\r", "\n")


@given(st.timedeltas(timedelta(days=-46_000), timedelta(days=26_000)))
def test_a_moment_of_our_centuries_is_read_as_it_is_written(far: timedelta) -> None:
    assert moment((NOW + far).isoformat(), "start_date") == NOW + far


@given(st.integers(-200, 200), st.integers(-200, 200))
def test_a_span_is_never_longer_than_ninety_days(first: int, last: int) -> None:
    start, end = NOW + timedelta(days=first), NOW + timedelta(days=last)

    try:
        since, until = span(start, end, NOW)
    except Wrong:
        assert not timedelta() <= end - start <= LONGEST_SPAN
    else:
        assert (since, until) == (start, end)
    assert span(None, end, NOW) == (end - LONGEST_SPAN, end)
    assert span(None, None, NOW) == (NOW - LONGEST_SPAN, NOW)
