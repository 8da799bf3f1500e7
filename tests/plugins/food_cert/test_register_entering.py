"""What officers enter themselves: places that had their paper before, and corrections."""

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from core.api import Conflict, InvalidInput, NotAllowed
from core.context import Context
from core.db import transaction
from core.runtime import Runtime
from kit.documents import General, Stamp, issue, signer
from kit.geo import Address
from plugins.food_cert.rules.correcting import Facts
from plugins.food_cert.rules.earlier import Earlier
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE, stands
from plugins.food_cert.service import places
from plugins.food_cert.service.correcting import correct
from plugins.food_cert.service.earlier import enter
from plugins.food_cert.service.rights import READ
from tests.plugins.food_cert.conftest import a_place, an_officer, rows

HOME = "/desk/food/places"
FILLED = {
    "instrument": "licence", "number": "๑๒/๒๕๖๘",
    "issued_on.day": "1", "issued_on.month": "9", "issued_on.year": "2568",
    "until.day": "31", "until.month": "8", "until.year": "2570",
    "name": "ครัวบัวผัน", "kind": "sell", "area": "240.5", "workers": "8",
    "opened_on.day": "1", "opened_on.month": "9", "opened_on.year": "2566",
    "holder": "นางบัวผัน ใจยา", "phone": "0812345678",
    "site.house_no": "88/12", "site.moo": "5", "site.subdistrict": "500109-50100",
    "pin": "18.7412, 98.95",
}  # fmt: skip
CORRECTED = {"name": "ครัวคำปัน", "workers": "4", "phone": "0812345678", "why": "นับใหม่"}


def earlier(number: str, **more: Any) -> Earlier:
    facts: dict[str, Any] = {
        "instrument": CERTIFICATE,
        "issued_on": date(2026, 3, 2),
        "opened_on": date(2026, 3, 1),
        "name": f"ครัว {number}",
        "kind": "sell",
        "area": Decimal(60),
        "workers": 2,
        "holder": "นางบัวผัน ใจยา",
        "site": Address(house_no="88/12", subdistrict="500109", postcode="50100"),
    }
    return Earlier(number=number, **facts | more)


@pytest.fixture
async def here(ctx: Context, runtime: Runtime) -> None:
    """The municipality knows its sub-district."""
    await rows(ctx, "UPDATE core.tenant SET subdistricts = '{500109}' RETURNING 1")
    runtime.directory.forget()


async def test_a_place_is_entered_from_its_paper_and_stands_in_the_register(
    desk: httpx.AsyncClient, ctx: Context, here: None
) -> None:
    assert f'href="{HOME}/new"' in (await desk.get(HOME)).text
    wrong = await desk.post(f"{HOME}/new", data=FILLED | {"number": "12", "holder": ""})
    assert wrong.status_code == 422
    assert 'value="240.50"' in wrong.text or 'value="240.5"' in wrong.text
    small = await desk.post(f"{HOME}/new", data=FILLED | {"area": "120"})
    assert "ไม่เกิน 200 ตร.ม. ใช้หนังสือรับรองการแจ้ง" in small.text

    done = await desk.post(f"{HOME}/new", data=FILLED)

    assert done.status_code == 303, done.text
    shown = (await desk.get(done.headers["location"])).text
    for said in ("12/2568", "ลงทะเบียนจากเอกสารฉบับกระดาษ", "31 สิงหาคม 2570"):
        assert said in shown, said
    again = await desk.post(f"{HOME}/new", data=FILLED | {"name": "ชื่ออื่น"})
    assert again.status_code == 422
    assert "มีในทะเบียนแล้ว" in again.text
    same = await desk.post(f"{HOME}/new", data=FILLED | {"number": "13/2568"})
    assert "เลขทะเบียน 1" in same.text
    kept = await places.place_of_paper(ctx, "12/2568")
    assert (kept["area"], kept["phone"], kept["paper"]) == (Decimal("240.50"), "+66812345678", None)
    assert (kept["begun_on"], kept["until"]) == (date(2023, 9, 1), date(2027, 8, 31))
    assert stands(kept, date(2026, 11, 20)) == "valid"
    assert [one["what"] for one in await places.events_of(ctx, kept["id"])] == ["entered"]


async def test_a_certificate_has_no_last_day_and_needs_neither_phone_nor_pin(
    desk: httpx.AsyncClient, ctx: Context, here: None
) -> None:
    bare = {"instrument": "certificate", "area": "60", "phone": "", "pin": "", "number": "5/2568"}

    assert (await desk.post(f"{HOME}/new", data=FILLED | bare)).status_code == 303

    kept = await places.place_of_paper(ctx, "5/2568")
    assert (kept["until"], kept["phone"], kept["pin"]) == (None, "", None)


async def issued(ctx: Context, what: str) -> str:
    def make(stamp: Stamp) -> General:
        return General(title="หนังสือรับรองการแจ้ง", signer=signer(ctx), **stamp)

    async with transaction(ctx):
        paper = await issue(ctx, "general", subject="case/x", make=make, series=f"food_cert.{what}")
    return paper.number


async def test_the_numbers_of_the_year_go_on_after_those_on_paper(ctx: Context) -> None:
    officer = an_officer(ctx)
    await enter(officer, earlier("40/2569"))
    await enter(officer, earlier("39/2569"))
    large = {"instrument": LICENCE, "area": Decimal(300), "until": date(2027, 3, 1)}
    await enter(officer, earlier("40/2569", name="ห้องเย็น", **large))

    assert await issued(officer, CERTIFICATE) == "41/2569"
    assert await issued(officer, LICENCE) == "41/2569"
    # From here on nobody has issued a higher one.
    with pytest.raises(Conflict, match="41/2569"):
        await enter(officer, earlier("50/2569"))


async def test_of_many_who_enter_the_same_paper_at_once_one_does(ctx: Context) -> None:
    officer = an_officer(ctx)

    done = await asyncio.gather(
        *(enter(officer, earlier(f"{5 + n % 2}/2569", name=f"ครัว {n}")) for n in range(12)),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in done) == ["InvalidInput"] * 10 + ["UUID"] * 2
    assert len(await rows(ctx, "SELECT 1 FROM food_cert.place")) == 2


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("number", {"number": "12"}),
        ("number", {"number": "12/2534"}),
        ("number", {"number": "12/2599"}),
        ("area", {"area": Decimal("200.01")}),
        ("area", {"instrument": LICENCE, "area": Decimal(200), "until": date(2027, 3, 1)}),
        ("until", {"instrument": LICENCE, "area": Decimal(201)}),
        ("opened_on", {"opened_on": date(2026, 3, 3)}),
        ("until", {"instrument": LICENCE, "area": Decimal(201), "until": date(2026, 3, 1)}),
        ("until", {"instrument": LICENCE, "area": Decimal(201), "until": date(2036, 3, 1)}),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_field(
    ctx: Context, field: str, more: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await enter(an_officer(ctx), earlier(more.pop("number", "12/2569"), **more))

    assert list(refusal.value.problems) == [field]
    assert await rows(ctx, "SELECT 1 FROM food_cert.place") == []


async def test_who_only_reads_the_register_changes_nothing(ctx: Context) -> None:
    reader = replace(an_officer(ctx, "วิชัย", READ), now=ctx.now)
    id = await a_place(ctx)

    with pytest.raises(NotAllowed):
        await enter(reader, earlier("9/2569"))
    with pytest.raises(NotAllowed):
        await correct(reader, id, facts(workers=9), revision=1, why="นับใหม่")


def facts(**more: Any) -> Facts:
    known: dict[str, Any] = {"name": "ครัวคำปัน", "workers": 3, "phone": "+66812345678"}
    return Facts(**{**known, "pin": {"lat": 18.74, "lon": 98.93}} | more)


async def test_facts_are_corrected_with_their_reason_and_the_history_tells(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    id = await a_place(ctx)
    path = f"{HOME}/{id}/correct"
    asked = await desk.get(path)
    assert 'value="ครัวคำปัน"' in asked.text
    assert '<input type="hidden" name="revision" value="1">' in asked.text
    unsaid = await desk.post(path, data=CORRECTED | {"revision": "1", "why": " "})
    assert unsaid.status_code == 422
    assert 'value="4"' in unsaid.text

    changed = CORRECTED | {"name": "ครัวคำปัน สาขาแรก", "pin": "18.75, 98.94"}
    done = await desk.post(path, data=changed | {"revision": "1"})

    assert done.status_code == 303
    kept = await places.get_place(ctx, id)
    assert (kept["name"], kept["workers"], kept["revision"]) == ("ครัวคำปัน สาขาแรก", 4, 2)
    assert kept["pin"] == {"lat": 18.75, "lon": 98.94}
    shown = (await desk.get(done.headers["location"])).text
    assert "แก้ชื่อจาก “ครัวคำปัน”, ผู้ปฏิบัติงาน, ตำแหน่งบนแผนที่ เหตุผล: นับใหม่" in shown
    late = await desk.post(path, data=CORRECTED | {"revision": "1"})
    assert late.status_code == 409
    assert "หลังจากท่านเปิดหน้านี้" in late.text
    assert 'value="4"' in late.text


async def test_a_correction_that_changes_nothing_or_takes_anothers_name_is_refused(
    ctx: Context,
) -> None:
    officer = an_officer(ctx)
    id = await a_place(ctx, house_no="5")
    await a_place(ctx, name="ครัวบัวผัน", house_no="5")

    with pytest.raises(InvalidInput) as unchanged:
        await correct(officer, id, facts(), revision=1, why="ตรวจแล้ว")
    with pytest.raises(InvalidInput) as taken:
        await correct(officer, id, facts(name="ครัว บัวผัน"), revision=1, why="เปลี่ยนชื่อ")

    assert "ยังไม่ได้แก้" in unchanged.value.problems["name"].th
    assert "เลขทะเบียน 2" in taken.value.problems["name"].th
    assert (await places.get_place(ctx, id))["revision"] == 1
    assert await places.events_of(ctx, id) == []


async def test_of_two_who_correct_at_once_the_second_is_told(ctx: Context) -> None:
    officer = an_officer(ctx)
    id = await a_place(ctx)

    done = await asyncio.gather(
        *(correct(officer, id, facts(workers=n), revision=1, why="นับใหม่") for n in range(10, 16)),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in done) == ["Conflict"] * 5 + ["NoneType"]
    assert len(await places.events_of(ctx, id)) == 1


async def test_a_renamed_place_is_the_same_under_its_new_name_only(ctx: Context) -> None:
    officer = an_officer(ctx)
    id = await a_place(ctx, house_no="5")
    await correct(officer, id, facts(name="ครัวใหม่"), revision=1, why="เปลี่ยนชื่อ")

    again: UUID = await a_place(ctx, house_no="5")

    assert again != id


async def test_positions_are_exact_only_where_the_office_says_so(
    desk: httpx.AsyncClient, ctx: Context, runtime: Runtime
) -> None:
    await a_place(ctx, pin={"lat": 18.74123, "lon": 98.93124})
    path = f"{HOME}/positions"
    assert 'value="3" checked' in (await desk.get(path)).text
    assert (await desk.post(path, data={"decimals": "9"})).status_code == 422

    assert (await desk.post(path, data={"decimals": "4"})).status_code == 303
    runtime.directory.forget()

    [feature] = (await desk.get("/food/places.geojson")).json()["features"]
    assert feature["geometry"]["coordinates"] == [98.9312, 18.7412]
    assert "ประมาณ 11 เมตร" in (await desk.get("/food/places")).text
    noted = await rows(
        ctx, "SELECT 1 FROM core.audit_entry WHERE action = 'food_cert.positions.set'"
    )
    assert len(noted) == 1
