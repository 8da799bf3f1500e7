from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from core.api import Context
from kit.casework.applicant import Applicant
from kit.casework.service import handling, switching
from kit.casework.service.catalogue import get_offered
from kit.casework.service.filing import file_case

APPLICANT = Applicant(name="นายสมชาย ใจดี", national_id="1234545678781", phone="+66812345678")
ANSWERS = {"subject": "ขอให้ติดกระจกโค้ง", "details": "ที่ทางแยกหน้าวัด"}


async def filed(ctx: Context, key: str) -> UUID:
    service = await get_offered(ctx, "oss.general")
    case = await file_case(ctx, service=service, applicant=APPLICANT, answers=ANSWERS, key=key)
    return case.id


async def test_off_the_open_cases_are_counted_and_new_requests_end(
    ctx: Context, other: Context, officer: Context
) -> None:
    await filed(ctx, "one")
    taken = await filed(ctx, "two")
    await filed(other, "one")
    await handling.take_up(officer, taken, revision=1)
    await handling.accept(officer, taken, revision=2)

    services, cases = await switching.effects(ctx, "oss", on=False)

    assert services.effect.th.startswith("ยื่นใหม่ไม่ได้ ")
    assert cases.effect.th.startswith("2 เรื่อง เกินกำหนดแล้ว 0 เรื่อง")
    late = replace(ctx, now=ctx.now + timedelta(days=400))
    assert (await switching.effects(late, "oss", on=False))[1].effect.en.startswith("2, 1 of them")


async def test_on_the_services_it_declares_come_though_it_is_off(ctx: Context) -> None:
    off = replace(ctx, tenant=replace(ctx.tenant, plugins=ctx.tenant.plugins - {"food_cert"}))

    [services] = await switching.effects(off, "food_cert", on=True)

    assert services.effect.th.startswith("เพิ่ม ")
    assert await switching.effects(off, "food", on=True) == []


async def test_a_plugin_without_services_changes_nothing(ctx: Context) -> None:
    assert await switching.effects(ctx, "documents", on=False) == []
