"""Food premises for everybody: the register, the page behind the QR, and nothing of a person."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from core.context import Context
from core.runtime import Runtime
from plugins.food_cert.rules.places import EXPIRED, LICENCE, RENEWING, STANDS
from plugins.food_cert.rules.standing import SIGNS, follows, verdict_of
from plugins.food_cert.service import places
from tests.plugins.food_cert.conftest import a_place, rows

OPEN = "/food/places"
SECRETS = ("สมหมาย", "มั่งมี", "812345678", "1234-5678", "0505560001234", "18.7412", "98.9312")


@pytest.fixture
def today(ctx: Context) -> Context:
    """The system on the day on which the pages are asked for."""
    return replace(ctx, now=datetime.now(UTC))


async def a_secretive_place(ctx: Context, **more: Any) -> str:
    """Enter a place with all that must not be told, and return the code on its wall."""
    facts: dict[str, Any] = {
        "holder": "นายสมหมาย มั่งมี",
        "company_id": "0505560001234",
        "account": uuid4(),
        "pin": {"lat": 18.74123, "lon": 98.93124},
        "paper_number": "12/2569",
    }
    id = await a_place(ctx, **facts | more)
    return str((await places.get_place(ctx, id))["code"])


async def test_the_public_register_is_complete_and_holds_nothing_of_a_person(
    client: httpx.AsyncClient, today: Context, other: Context
) -> None:
    graded = {"grade": "good", "score": 84, "graded_on": date(2026, 11, 2)}
    codes = [await a_secretive_place(today, **graded), await a_secretive_place(today, pin=None)]
    await a_secretive_place(today, name="ร้านที่ยังขออยู่", state="applied")
    await a_secretive_place(today, name="ร้านที่ไม่ได้รับอนุญาต", state="refused")
    await a_secretive_place(other, name="ร้านยะลา")

    shown = await client.get(OPEN)
    table, spots = await client.get(f"{OPEN}.csv"), await client.get(f"{OPEN}.geojson")

    for answer in (shown, table, spots):
        assert answer.status_code == 200
        for secret in (*SECRETS, "ร้านที่ยังขออยู่", "ร้านที่ไม่ได้รับอนุญาต", "ร้านยะลา"):
            assert secret.encode() not in answer.content, secret
    lines = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [one["code"] for one in lines] == codes
    assert (lines[0]["stands"], lines[0]["grade"], lines[0]["graded_on"]) == (
        "valid",
        "good",
        "2026-11-02",
    )
    assert lines[0]["address"].startswith(f"{lines[0]['address'].split()[0]} หมู่ที่ 2")
    features = spots.json()["features"]
    assert features[0]["geometry"]["coordinates"] == [98.931, 18.741]
    assert features[1]["geometry"] is None
    assert "creativecommons.org/licenses/by/4.0" in shown.text
    assert all(f"<dt>{name}</dt>" in shown.text for name in lines[0] if name not in ("lat", "lon"))
    assert f'href="{OPEN}/{codes[0]}"' in shown.text


async def test_everybody_searches_by_name_number_and_sub_district_but_not_by_a_person(
    client: httpx.AsyncClient, today: Context, runtime: Runtime
) -> None:
    await rows(today, "UPDATE core.tenant SET subdistricts = '{500109,500108}' RETURNING 1")
    runtime.directory.forget()
    await a_secretive_place(today, name="ข้าวซอยแม่มณี")

    async def found(query: str) -> bool:
        return "ข้าวซอยแม่มณี" in (await client.get(f"{OPEN}?{query}")).text

    assert [await found(one) for one in ("q=แม่มณี", "q=๑๒/๒๕๖๙", "q=ตำบลแม่เหียะ")] == [True] * 3
    assert [await found(one) for one in ("subdistrict=500109", "subdistrict=500108")] == [
        True,
        False,
    ]
    assert [await found(one) for one in ("q=สมหมาย", "q=0812345678", "state=closed")] == [False] * 3
    assert "ไม่พบร้านที่ตรงกับที่ค้น" in (await client.get(f"{OPEN}?q=สมหมาย")).text


async def test_a_guest_reads_at_once_whether_a_place_may_be_run_and_how_clean_it_is(
    client: httpx.AsyncClient, today: Context
) -> None:
    code = await a_secretive_place(
        today, grade="excellent", score=93, graded_on=date(2026, 11, 2), instrument=LICENCE,
        until=today.today + timedelta(days=9),
    )  # fmt: skip

    seen = await client.get(f"{OPEN}/{code.lower().replace('-', '')}")

    assert seen.status_code == 200
    assert seen.text.index("เปิดได้ตามกฎหมาย</h1>") < seen.text.index("ครัวคำปัน</h2>")
    for said in ("12/2569", "สถานที่จำหน่ายอาหาร", "หมู่ที่ 2", "ดีมาก", "93 จาก 100 คะแนน",
                 "2 พฤศจิกายน 2569",
                 f'href="/services/food_cert.complaint?place={code}"', 'href="/v"'):  # fmt: skip
        assert said in seen.text, said
    for secret in SECRETS:
        assert secret not in seen.text, secret


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"state": "suspended", "state_until": date(2099, 12, 5)}, "พักใช้ใบอนุญาตถึง 5 ธันวาคม"),
        ({"state": "suspended", "state_until": date(2020, 12, 5)}, "เปิดได้ตามกฎหมาย"),
        ({"state": "closed", "closed_on": date(2026, 5, 1)}, "เลิกกิจการแล้ว"),
        ({"until": date(2020, 1, 1)}, "เปิดไม่ได้ ใบอนุญาตหมดอายุ"),
        ({"until": date(2020, 1, 1), "renewing": uuid4()}, "เปิดได้ตามกฎหมาย"),
        ({"state": "revoked"}, "ใบอนุญาตถูกเพิกถอน"),
        ({"state": "applied"}, "ยังเปิดไม่ได้"),
    ],
)
async def test_a_guest_is_told_when_a_place_may_not_be_run(
    client: httpx.AsyncClient, today: Context, facts: dict[str, Any], said: str
) -> None:
    code = await a_secretive_place(today, instrument=LICENCE, **facts)

    seen = await client.get(f"{OPEN}/{code}")

    heading = seen.text.partition("<h1>")[2].partition("</h1>")[0]
    assert said in heading.replace('<span class="nb">', "").replace("</span>", "")


@pytest.mark.parametrize("code", ["0000-0000-0000", "x", "ครัว", "9" * 400])
async def test_an_unknown_code_is_not_found_and_says_what_to_do(
    client: httpx.AsyncClient, ctx: Context, code: str
) -> None:
    seen = await client.get(f"{OPEN}/{code}")

    assert seen.status_code == 404
    assert "สแกน QR บนป้ายอีกครั้ง" in seen.text


async def test_another_municipality_does_not_know_the_code(
    client: httpx.AsyncClient, ctx: Context, other: Context
) -> None:
    code = await a_secretive_place(ctx)

    there = await client.get(f"http://yala.localhost{OPEN}/{code}")

    assert there.status_code == 404


@pytest.mark.parametrize("stands", list(STANDS))
@pytest.mark.parametrize("day", [None, date(2026, 12, 5)])
def test_every_way_to_stand_is_said_whole(stands: str, day: date | None) -> None:
    until = date(2026, 11, 19) if stands in (EXPIRED, RENEWING) else day
    place = {"instrument": LICENCE, "until": until, "state_until": day, "closed_on": day}

    for sentence in (verdict_of(place, stands), follows(place, stands)):
        for words in (sentence.th, sentence.en):
            assert words
            assert "{" not in words
            assert "  " not in words
    assert SIGNS[stands]
