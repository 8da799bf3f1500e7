"""The register at the desk: found by anything that is known, sifted by the day, seen whole."""

import csv
import io
import itertools
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.context import Context
from core.text import Text
from plugins.food_cert.rules.places import LICENCE, STANDS, State, stands
from plugins.food_cert.service import finding, places
from plugins.food_cert.service.finding import Sought
from tests.plugins.food_cert.conftest import a_place, rows

REGISTER = "/desk/food/places"


@pytest.fixture
def today(ctx: Context) -> Context:
    """The system on the day on which the pages are asked for."""
    return replace(ctx, now=datetime.now(UTC))


async def names(ctx: Context, **asked: Any) -> list[str]:
    found = await finding.find_places(ctx, Sought(**asked))
    return [one["name"] for one in found.places]


async def test_the_database_says_how_a_place_stands_as_the_rules_do(ctx: Context) -> None:
    days = [None, *(ctx.today + timedelta(days=days) for days in (-1, 0, 1))]
    cases = list(itertools.product(State, days, days, (None, UUID(int=1))))
    expected = {}
    for number, (state, state_until, until, renewing) in enumerate(cases):
        facts: dict[str, Any] = {
            "state": state,
            "state_until": state_until,
            "until": until,
            "renewing": renewing,
        }
        await a_place(ctx, name=f"ร้าน {number}", house_no=str(number), **facts)
        expected[f"ร้าน {number}"] = stands(facts, ctx.today)

    found: dict[str, str] = {}
    async for page in finding.all_places(ctx, Sought()):
        found |= {one["name"]: one["stands"] for one in page}

    assert found == expected
    for code in STANDS:
        sifted = await finding.find_places(ctx, Sought(stands=code))
        assert sifted.total == sum(one == code for one in expected.values()), code


async def test_a_place_is_found_by_all_that_may_be_known_of_it(ctx: Context) -> None:
    await a_place(ctx, name="ครัวคำปัน", paper_number="12/2569", grade="good")
    await a_place(
        ctx,
        name="ข้าวซอย_แม่มณี ๙",
        kind="store",
        instrument=LICENCE,
        holder="บริษัท มณี จำกัด",
        paper_number="7/2569",
        until=ctx.today + timedelta(days=60),
        house_no="77/1",
    )
    await a_place(
        ctx, name="ร้านลุงดี", instrument=LICENCE, until=ctx.today + timedelta(days=61), house_no="5"
    )

    for words, found in (
        ("12/2569", ["ครัวคำปัน"]),
        ("แม่มณี 9", ["ข้าวซอย_แม่มณี ๙"]),
        ("บริษัท  มณี", ["ข้าวซอย_แม่มณี ๙"]),
        ("77/1", ["ข้าวซอย_แม่มณี ๙"]),
        ("ซอย_", ["ข้าวซอย_แม่มณี ๙"]),
        ("%", []),
        ("", ["ร้านลุงดี", "ข้าวซอย_แม่มณี ๙", "ครัวคำปัน"]),
    ):
        assert await names(ctx, words=words) == found, words
    for number, first in (("๑๒ ", "ครัวคำปัน"), ("1", "ครัวคำปัน"), ("2", "ข้าวซอย_แม่มณี ๙")):
        assert (await names(ctx, words=number))[0] == first, number
    assert await names(ctx, kind="store") == ["ข้าวซอย_แม่มณี ๙"]
    assert await names(ctx, instrument="certificate") == ["ครัวคำปัน"]
    assert await names(ctx, grade="good") == ["ครัวคำปัน"]
    assert await names(ctx, stands="expiring") == ["ข้าวซอย_แม่มณี ๙"]
    assert await names(ctx, words="บริษัท มณี", public=True) == []


async def test_what_expires_soonest_stands_first_where_that_is_asked_for(ctx: Context) -> None:
    for left in (9, 3, 6):
        until = ctx.today + timedelta(days=left)
        await a_place(ctx, name=f"เหลือ {left}", instrument=LICENCE, until=until)

    assert await names(ctx, stands="expiring") == ["เหลือ 3", "เหลือ 6", "เหลือ 9"]


async def read_csv(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_exports_for_officers_are_whole_and_noted(
    desk: httpx.AsyncClient, today: Context, other: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "AT_ONCE", 7)
    await a_place(other, name="ร้านยะลา")
    odd = ('ร้าน "ก, ข"', "=ครัว()", "ครัว \U0001f35c")
    ours = [
        await a_place(today, name=f"{odd[n % 3]} {n}", area=Decimal(n) / 4, grade="good", score=n)
        for n in range(1, 24)
    ]
    await a_place(today, name="ไม่มีหมุด", pin=None, kind="store")

    table = await read_csv(await desk.get(f"{REGISTER}.csv"))
    features = (await desk.get(f"{REGISTER}.geojson")).json()["features"]

    assert [one["เลขทะเบียน"] for one in table] == [str(n) for n in range(1, 25)]
    assert table[1]["ชื่อสถานประกอบกิจการ"] == "ครัว \U0001f35c 2"
    assert table[0]["ชื่อสถานประกอบกิจการ"].startswith("'=")
    assert (table[0]["โทรศัพท์"], table[0]["พื้นที่ (ตร.ม.)"]) == ("08-1234-5678", "0.25")
    assert (table[0]["ระดับสุขลักษณะ"], table[0]["สถานะ"]) == ("ดี", "เปิดได้ตามกฎหมาย")
    assert (table[0]["ละติจูด"], table[-1]["ละติจูด"]) == ("18.74", "")
    assert [one["id"] for one in features] == [str(n) for n in range(1, 25)]
    assert features[3]["geometry"] == {"type": "Point", "coordinates": [98.93, 18.74]}
    assert features[3]["properties"]["area"] == 1.0
    assert features[-1]["geometry"] is None
    assert len(ours) == len({one["id"] for one in features}) - 1
    assert len(await read_csv(await desk.get(f"{REGISTER}.csv?kind=store&q=หมุด"))) == 1
    noted = await rows(
        today,
        "SELECT detail FROM core.audit_entry WHERE action = 'food_cert.register.exported'",
    )
    told = [json.loads(one["detail"]) for one in noted]
    assert sorted(one["kind"] for one in told) == ["csv", "csv", "geojson"]
    assert {"kind": "csv", "sifted": {"kind": "store"}, "searched": True} in told


async def test_the_desk_lists_places_and_shows_one_whole_which_its_owner_learns(
    desk: httpx.AsyncClient, today: Context, other: Context
) -> None:
    account = uuid4()
    id = await a_place(
        today, account=account, paper_number="12/2569", grade="improve", score=61,
        graded_on=date(2026, 11, 2),
    )  # fmt: skip
    await places.note_event(today, id, what="entered", words=Text("ลงทะเบียนแล้ว", "Entered"))
    stranger = await a_place(other)

    listed, seen = await desk.get(REGISTER), await desk.get(f"{REGISTER}/{id}")

    assert f'href="{REGISTER}/{id}"' in listed.text
    assert "หนังสือรับรองการแจ้ง 12/2569" in listed.text
    for said in ("ครัวคำปัน", "08-1234-5678", "60 ตร.ม.", "3 คน", "ไม่มีวันหมดอายุ", "61 คะแนน",
                 "ต้องปรับปรุง", "ลงทะเบียนแล้ว", "รายปี", "<svg class=\"m\""):  # fmt: skip
        assert said in seen.text, said
    assert (await desk.get(f"{REGISTER}/{stranger}")).status_code == 404
    noted = await rows(
        today, "SELECT subject, owner FROM core.audit_entry WHERE action = 'food_cert.place.read'"
    )
    assert [tuple(one) for one in noted] == [(f"place/{id}", account)]


async def test_odd_addresses_show_the_register_and_strangers_see_nothing(
    desk: httpx.AsyncClient, today: Context
) -> None:
    id = await a_place(today)
    for odd in (
        "page=-1&q=%00&state=evil",
        "page=99999",
        "q=" + "%25" * 200,
        "subdistrict=x&kind=1",
    ):
        assert (await desk.get(f"{REGISTER}?{odd}")).status_code == 200, odd
    assert (await desk.get(f"{REGISTER}/{id}/papers/{uuid4()}")).status_code == 404

    desk.cookies.clear()
    for path in ("", ".csv", ".geojson", f"/{id}", f"/{id}/papers/{id}"):
        assert (await desk.get(REGISTER + path)).status_code in (302, 303, 401), path
