from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from core.context import Context
from plugins.permits.rules.after import SUPERVISE
from plugins.permits.service import demo, files, plans
from tests.plugins.permits.conftest import rows


async def test_the_demonstration_has_plans_to_choose_one_to_come_and_one_withdrawn(
    ctx: Context,
) -> None:
    await demo.fill(ctx)
    offered = await plans.plans_in_force(ctx, ctx.today)

    assert {(one.code, one.storeys, int(one.area)) for one in offered.values()} == {
        ("dpt-60", 1, 60),
        ("dpt-84", 1, 84),
        ("dpt-120", 1, 120),
        ("dpt-148", 2, 148),
    }
    assert all("ตัวอย่าง" in one.title.th and "example" in one.title.en for one in offered.values())
    known = {one.latest.plan.code: one for one in await plans.offers(ctx, ctx.today)}
    assert known["dpt-45"].state == "gone"
    assert known["dpt-84"].latest.from_on > ctx.today


async def test_drawings_of_the_demonstration_say_that_they_are_none(ctx: Context) -> None:
    await demo.fill(ctx)
    kept = await plans.get_file(ctx, "dpt-148", 1, "drawings", offered=True)
    data, _ = await files.read_file(ctx, kept)
    words = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())

    assert "ตัวอย่างสาธิต" in words
    assert "ห้องนอน" in words
    assert len(data) < 300_000


async def test_the_demonstration_has_a_notice_of_supervisor_with_its_receipt(ctx: Context) -> None:
    await demo.fill(replace(ctx, tenant=replace(ctx.tenant, subdistricts=("500109",))))
    [told] = await rows(ctx, "SELECT id, status FROM casework.case WHERE service = $1", SUPERVISE)
    papers = await rows(
        ctx, "SELECT contents->>'title' FROM documents.paper WHERE subject = $1", f"case/{told[0]}"
    )

    assert told["status"] == "considering"
    assert [one[0] for one in papers] == ["ใบรับแจ้งผู้ควบคุมงาน"]
