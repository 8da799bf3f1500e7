"""Pages of yearly fees, at a browser without scripts."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import msgspec
import pytest

from core.context import Context
from core.runtime import Runtime
from kit.thai import BANGKOK
from plugins.food_cert.service import bands, waivers
from plugins.food_cert.service.rights import READ
from tests.desks import signed_in
from tests.plugins.food_cert.conftest import a_place, rows
from tests.plugins.food_cert.fees import morning

HOME = "/desk/food/fees"


def today() -> date:
    return datetime.now(UTC).astimezone(BANGKOK).date()


def soon() -> date:
    return today() + timedelta(days=30)


@pytest.fixture
async def fees_desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    rights = [READ, "food_cert.fees"]
    async with signed_in(runtime, ctx, rights, f"{HOME}/waivers/new") as client:
        yield client


def day(name: str, on: Any) -> dict[str, str]:
    year = str(on.year + 543)
    return {f"{name}.day": str(on.day), f"{name}.month": str(on.month), f"{name}.year": year}


def line(at: int, instrument: str, above: str, upto: str, amount: str) -> dict[str, str]:
    named = {"instrument": instrument, "above": above, "upto": upto, "amount": amount}
    return {f"{name}_{at}": value for name, value in named.items()}


BANDS = (
    line(1, "certificate", "0", "50", "50")
    | line(3, "certificate", "50", "200", "150")
    | line(4, "licence", "200", "", "500")
    | {"source": "เทศบัญญัติ พ.ศ. 2569"}
)


async def test_the_example_is_shown_as_one_until_bands_are_set(
    ctx: Context, fees_desk: httpx.AsyncClient
) -> None:
    page = await fees_desk.get(HOME)
    assert page.status_code == 200
    assert "อัตราตัวอย่างที่ยังไม่ได้ตรวจ" in page.text
    form = await fees_desk.get(f"{HOME}/bands")
    assert 'name="amount_2"' in form.text
    answer = await fees_desk.post(f"{HOME}/bands", data=BANDS | day("from_on", today()))
    assert answer.status_code == 303

    page = await fees_desk.get(HOME)
    assert "อัตราตัวอย่าง" not in page.text
    assert "ไม่เกิน 50 ตร.ม." in page.text
    assert "เกิน 50 ถึง 200 ตร.ม." in page.text
    [tariff] = await bands.tariffs_of(ctx)
    assert [one.amount for one in tariff.bands] == [5_000, 15_000, 50_000]


async def test_wrong_bands_come_back_filled_with_a_sentence_at_the_field(
    ctx: Context, fees_desk: httpx.AsyncClient
) -> None:
    wrong = BANDS | line(3, "certificate", "60", "200", "1,500") | day("from_on", today())
    answer = await fees_desk.post(f"{HOME}/bands", data=wrong)

    assert answer.status_code == 422
    assert "พื้นที่เกิน 50 ถึง 60 ตารางเมตรยังไม่มีอัตรา" in answer.text
    assert "เกินเพดานของหนังสือรับรองการแจ้ง ปีละ 1,000.00 บาท" in answer.text
    assert 'id="above_2-error"' in answer.text, "the empty line before it is closed up"
    assert 'value="1,500"' in answer.text
    assert await bands.tariffs_of(ctx) == []
    more = await fees_desk.post(f"{HOME}/bands", data=wrong | {"more": "yes"})
    assert more.status_code == 200
    assert 'name="amount_8"' in more.text


async def test_a_waiver_is_added_and_withdrawn(ctx: Context, fees_desk: httpx.AsyncClient) -> None:
    sent = {"percent": "50", "instrument": "all", "law": "มติสภา", "why": "น้ำท่วม"}
    days = day("from_on", soon()) | day("until_on", soon())
    answer = await fees_desk.post(f"{HOME}/waivers/new", data=sent | days)
    assert answer.status_code == 303
    [waiver] = await waivers.waivers_of(ctx)
    assert (waiver["percent"], waiver["instrument"], waiver["until_on"]) == (50, "", soon())
    assert "น้ำท่วม" in (await fees_desk.get(HOME)).text
    withdraw = f"{HOME}/waivers/{waiver['id']}/withdraw"
    assert (await fees_desk.post(withdraw)).status_code == 303
    assert await waivers.waivers_of(ctx) == []
    again = await fees_desk.post(withdraw)
    assert again.status_code == 404
    assert "ถอนไปแล้ว" in again.text

    backdated = day("from_on", today() - timedelta(days=1)) | day("until_on", soon())
    answer = await fees_desk.post(f"{HOME}/waivers/new", data=sent | backdated)
    assert answer.status_code == 422
    assert "ยกเว้นย้อนหลังไม่ได้" in answer.text
    assert "น้ำท่วม" in answer.text
    assert await rows(ctx, "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'food_cert.reduce'")


async def test_bands_that_have_begun_stay(ctx: Context, fees_desk: httpx.AsyncClient) -> None:
    await fees_desk.post(f"{HOME}/bands", data=BANDS | day("from_on", today()))
    await fees_desk.post(f"{HOME}/bands", data=BANDS | day("from_on", soon()))
    coming, begun = await bands.band_rows(ctx)
    assert "อัตราถัดไป" in (await fees_desk.get(HOME)).text
    refused = await fees_desk.post(f"{HOME}/bands/{begun['id']}/withdraw")
    assert refused.status_code == 409
    assert "เริ่มใช้แล้ว" in refused.text
    taken = await fees_desk.post(f"{HOME}/bands/{coming['id']}/withdraw")
    assert taken.status_code == 303
    assert len(await bands.band_rows(ctx)) == 1


async def test_who_is_in_arrears_is_listed(ctx: Context, fees_desk: httpx.AsyncClient) -> None:
    opened_on = today().replace(year=today().year - 5, day=1)
    await a_place(ctx, opened_on=opened_on, name="ร้านค้างนาน")
    for back in (3, 2, 1):
        await morning(ctx, opened_on.replace(year=today().year - back) - timedelta(days=9))
        await morning(ctx, opened_on.replace(year=today().year - back) + timedelta(days=9))
    page = await fees_desk.get(f"{HOME}/unpaid?only=stop")

    assert "ร้านค้างนาน" in page.text
    assert "360.00" in page.text, "three fees with their surcharges"
    assert "มาตรา 65" in page.text
    await rows(ctx, "UPDATE treasury.bill SET state = 'settled', owed = 0")
    page = await fees_desk.get(f"{HOME}/unpaid")
    assert "ไม่มีสถานที่ที่ค้างเกินกำหนด" in page.text


async def test_days_of_reminders_are_set(ctx: Context, fees_desk: httpx.AsyncClient) -> None:
    wrong = await fees_desk.post(f"{HOME}/days", data={"before": "99", "after": "x"})
    assert wrong.status_code == 422
    answer = await fees_desk.post(f"{HOME}/days", data={"before": "21", "after": "0"})
    assert answer.status_code == 303
    [kept] = await rows(ctx, "SELECT settings FROM core.plugin_switch WHERE plugin = 'food_cert'")

    assert msgspec.json.decode(kept["settings"]) == {"fee_days": {"before": 21, "after": 0}}


async def test_who_may_only_read_sets_nothing(runtime: Runtime, ctx: Context) -> None:
    async with signed_in(runtime, ctx, [READ, "core.audit"], HOME) as reader:
        page = await reader.get(HOME)
        assert page.status_code == 200
        assert f"{HOME}/bands" not in page.text
        assert (await reader.get(f"{HOME}/bands")).status_code == 403
        assert (await reader.post(f"{HOME}/waivers/new", data={})).status_code == 403
