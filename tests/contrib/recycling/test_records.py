"""What the waste bank leaves behind is read while it is off."""

from dataclasses import replace
from uuid import UUID

import pytest

from contrib.recycling.service import accounts
from contrib.recycling.service.accounts import Wanted
from core.context import Context
from core.errors import NotFound
from kit.documents.kept import find_kept, get_kept
from tests.contrib.recycling.conftest import an_officer, weighed


def without(ctx: Context) -> Context:
    """The same office, with the waste bank switched off."""
    left = ctx.tenant.plugins - {"recycling"}
    return replace(ctx, tenant=replace(ctx.tenant, plugins=left))


async def test_tickets_and_accounts_are_read_while_the_plugin_is_off(
    officer: Context, household: UUID
) -> None:
    ticket = await weighed(officer, household, petclear=2_500, beer=3)
    wanted = Wanted(amount=1_000, way="cash", shown="id_card")
    await accounts.withdraw(officer, household, wanted, key="k")
    reader = without(an_officer(officer, "recycling.read"))

    found = {one["id"]: one["title"] for one in await find_kept(reader, "recycling", "คำปัน")}
    assert found == {ticket: "บัตรชั่งรับซื้อวัสดุรีไซเคิล", household: "บัญชีสมาชิกธนาคารขยะ"}
    lines = [note.text for note in (await get_kept(reader, "recycling", ticket))["notes"]]
    assert lines == ["2.500 กก. × 8.00 = 20.00 บาท", "3 ชิ้น × 5.00 = 15.00 บาท"]
    entries = [
        (note.action.th, note.text)
        for note in (await get_kept(reader, "recycling", household))["notes"]
    ]
    assert entries == [("ขายวัสดุ ตามบัตรชั่ง", "35.00 บาท"), ("ถอนเงิน", "-10.00 บาท")]


async def test_who_may_not_read_the_waste_bank_reads_none_of_its_records(
    officer: Context, household: UUID
) -> None:
    ticket = await weighed(officer, household, petclear=2_500)
    nobody = without(an_officer(officer, "food_cert.read"))

    assert await find_kept(nobody, "recycling", "") == []
    with pytest.raises(NotFound):
        await get_kept(nobody, "recycling", ticket)
