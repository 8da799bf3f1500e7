import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest

from core.context import Context
from core.runtime import Runtime
from kit.thai import BANGKOK
from plugins.eoffice.service import exporting
from tests.plugins.eoffice.conftest import TownHall, at, at_desk, rows
from tests.plugins.eoffice.letters import signed
from tests.plugins.eoffice.shelves import closed
from tests.plugins.eoffice.test_desk import office

__all__ = ["office"]

HOME = "/desk/eoffice/keeping"
# Of letters that were dealt with so long ago, every term is over.
OLD = "2010-03-01 09:00"


def today(**more: str) -> dict[str, str]:
    day = datetime.now(UTC) + timedelta(hours=7)
    return {
        "on.day": str(day.day),
        "on.month": str(day.month),
        "on.year": str(day.year + 543),
        **more,
    }


async def page(desk: httpx.AsyncClient, path: str) -> str:
    answer = await desk.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


async def sent(desk: httpx.AsyncClient, path: str, **data: Any) -> str:
    """Send a form that is right, and return where it leads."""
    answer = await desk.post(path, data=data)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def revision(ctx: Context) -> dict[str, str]:
    [row] = await rows(
        ctx, "SELECT revision FROM eoffice.disposal WHERE tenant_id = $1", ctx.tenant.id
    )
    return {"revision": str(row["revision"])}


async def test_a_letter_is_classed_held_placed_and_lent_on_its_page(
    runtime: Runtime, office: TownHall
) -> None:
    letter = await closed(office, OLD, subject="ขุดลอกคลอง")
    own = f"/desk/eoffice/letters/{letter}/keeping"
    async with at_desk(runtime, office, "registry") as registry:
        assert "เก็บถึง พ.ศ. 2563" in await page(registry, own)
        assert own in await page(registry, f"/desk/eoffice/letters/{letter}")
        wrong = await registry.post(f"{own}/class", data={"code": "law", "why": "คดี"})
        for act in ("class", "hold", "audit", "place", "lend"):
            await page(registry, f"{own}/{act}")
        await sent(registry, f"{own}/class", code="law", until="2590", why="คดี 1/2569")
        await sent(registry, f"{own}/hold", ordered_by="ศาลปกครอง", why="คดี 1/2569")
        await sent(registry, f"{own}/place", file_code="กช 4", place="ตู้ 2", paper="yes")
        due = {f"due_{name}": value for name, value in today().items()}
        out = {"to": "inside", "account": str(office.accounts["officer"]), "purpose": "ตรวจงาน"}
        await sent(registry, f"{own}/lend", **out, **due)
        shown = await page(registry, own)
        [hold] = {part.split('"')[0] for part in shown.split(f"{own}/lift/")[1:]}
        assert "ศาลปกครอง" in await page(registry, f"{HOME}/holds")
        strange = await registry.get(f"{own}/lift/{letter}")
        await page(registry, f"{own}/lift/{hold}")
        await sent(registry, f"{own}/lift/{hold}", why="คดีถึงที่สุด")
        after = await page(registry, own)
    async with at_desk(runtime, office, "officer") as officer:
        assert (await officer.get(own)).status_code == 404

    assert (wrong.status_code, strange.status_code) == (422, 404)
    for words in ("เก็บถึง พ.ศ. 2590", "ระงับการทำลาย", "กช 4", "สุภาพร ใจดี", "ให้ยืมอยู่"):
        assert words in shown
    assert "คดีถึงที่สุด" in after


async def test_documents_go_to_storage_on_pages_and_paper(
    runtime: Runtime, office: TownHall
) -> None:
    letter, own = await closed(office, OLD, subject="ขุดลอกคลอง"), await signed(office)
    await rows(
        office.ctx,
        "UPDATE eoffice.letter SET unit = 'clerk' WHERE tenant_id = $1 AND id = $2 RETURNING id",
        office.ctx.tenant.id,
        own,
    )
    async with at_desk(runtime, office, "registry") as registry:
        listed = await page(registry, f"{HOME}/handovers?unit=clerk")
        assert "ขุดลอกคลอง" in listed
        assert "ลงนามแล้ว ยังไม่ปิดเรื่อง" in listed
        await sent(registry, f"{HOME}/closed", unit="clerk", letters=[str(own)])
        none = await registry.post(f"{HOME}/handovers", data={"unit": "clerk"})
        both = [str(letter), str(own), "nonsense"]
        list_ = await sent(registry, f"{HOME}/handovers", unit="clerk", letters=both)
        assert "ขุดลอกคลอง" in await page(registry, list_)
        for act in ("take", "back"):
            await page(registry, f"{list_}/{act}")
        assert (await registry.get(f"{list_}/burn")).status_code == 404
        printed = await registry.get(f"{list_}/list.pdf")
        await sent(registry, f"{list_}/take", file_code="กช 4", place="ตู้ 2")
        again = await registry.post(f"{list_}/take", data={"file_code": "กช 4"})
        stored = await page(registry, f"{HOME}/stored")
        year = datetime.now(BANGKOK).year + 543
        book = await registry.get(f"{HOME}/stored/{year}/register.pdf?first=1&last=2")
        odd = await registry.get(f"{HOME}/stored/8765434/register.pdf?first=1&last=2")
        await page(registry, f"{HOME}/stored?year=8765434")

    assert none.status_code == 422
    assert again.status_code == 409
    assert odd.status_code == 404
    assert "เก็บถึง พ.ศ. 2563" in stored
    assert printed.content.startswith(b"%PDF")
    assert book.content.startswith(b"%PDF")


async def test_a_director_or_above_allows_a_loan_and_the_registry_takes_it_back(
    runtime: Runtime, office: TownHall
) -> None:
    letter = await closed(office, OLD, subject="ขุดลอกคลอง")
    due = {f"due_{name}": value for name, value in today().items()}
    who = {"agency": "อำเภอหางดง", "name": "นายสมชาย", "post": "ปลัดอำเภอ", "purpose": "ตรวจสอบ"}
    async with at_desk(runtime, office, "registry") as registry:
        path = f"/desk/eoffice/letters/{letter}/keeping/lend"
        await sent(registry, path, to="outside", **who, **due)
        shown = await page(registry, f"{HOME}/loans")
        assert "/allow" not in shown
    async with at_desk(runtime, office, "mayor") as mayor:
        shown = await page(mayor, f"{HOME}/loans?view=asked")
        allow = shown.split('/allow"')[0].rpartition('"')[2] + "/allow"
        await page(mayor, allow)
        await page(mayor, allow.replace("allow", "refuse"))
        await sent(mayor, allow)
        assert (await mayor.post(allow)).status_code == 409
    async with at_desk(runtime, office, "registry") as registry:
        back = allow.replace("allow", "return")
        await page(registry, back)
        await sent(registry, back, brought_by="นายสมชาย")
        card = await registry.get(allow.replace("allow", "card.pdf"))
        every = await page(registry, f"{HOME}/loans?view=all")
    async with at_desk(runtime, office, "officer") as officer:
        assert (await officer.get(f"{HOME}/loans")).status_code == 403

    assert card.content.startswith(b"%PDF")
    assert "อำเภอหางดง" in every


async def test_a_year_is_destroyed_on_paper_from_the_list_to_the_record(
    runtime: Runtime, office: TownHall
) -> None:
    for subject in ("ขุดลอกคลอง", "แนวเขตตำบล"):
        await closed(office, OLD, subject=subject)
    ctx = office.ctx
    async with at_desk(runtime, office, "registry") as registry:
        assert "ครบกำหนดทำลาย 2 ฉบับ" in await page(registry, HOME)
        list_ = await sent(registry, f"{HOME}/lists", kind="destroy")
        again = await registry.post(f"{HOME}/lists", data={"kind": "destroy"})
        assert (again.status_code, "ใช้บัญชีเดิม" in again.text) == (409, True)
        await page(registry, f"{list_}/appoint")
        committee = "นางกัลยา | ปลัดเทศบาล\nนายมานพ | ผู้อำนวยการกองช่าง"
        few = await registry.post(
            f"{list_}/appoint", data=today(committee=committee, number="1/2569", revision="1")
        )
        assert (few.status_code, "อย่างน้อย 3 คน" in few.text) == (422, True)
        committee += "\nนางอรทัย | เจ้าพนักงานธุรการ"
        of_list = today(committee=committee, number="1/2569", revision="1")
        await sent(registry, f"{list_}/appoint", **of_list)
        nothing = await registry.post(f"{list_}/decide", data={"decision": "destroy"})
        assert nothing.status_code == 422
        await sent(registry, f"{list_}/decide", turns=["1"], decision="destroy")
        keep = {"decision": "keep", "until": "2599", "why": "ใช้อ้างอิง"}
        await sent(registry, f"{list_}/decide", turns=["2"], **keep)
        await sent(registry, f"{list_}/dissent", member="1", text="ควรเก็บทั้งหมด")
        await page(registry, f"{list_}/drop")
        await page(registry, f"{list_}/report")
        await sent(registry, f"{list_}/report", **await revision(ctx))
        assert (await registry.post(f"{list_}/agree", data=await revision(ctx))).status_code == 403
    async with at_desk(runtime, office, "mayor") as mayor:
        assert "สั่งการและอนุมัติ" in await page(mayor, "/desk/eoffice")
        assert "ควรเก็บทั้งหมด" in await page(mayor, list_)
        await page(mayor, f"{list_}/agree")
        await sent(mayor, f"{list_}/agree", **await revision(ctx))
    async with at_desk(runtime, office, "registry") as registry:
        await page(registry, f"{list_}/send")
        await sent(registry, f"{list_}/send", **today(number="ชม 9", **await revision(ctx)))
        soon = {"reply": "silent", **await revision(ctx)}
        assert (await registry.post(f"{list_}/answer", data=soon)).status_code == 422
        told = today(reply="agreed", number="วธ 7", **await revision(ctx))
        await page(registry, f"{list_}/answer")
        await sent(registry, f"{list_}/answer", **told)
    async with at_desk(runtime, office, "mayor") as mayor:
        assert "ระบบไม่ลบเอง" in await page(mayor, f"{list_}/approve")
        await sent(mayor, f"{list_}/approve", **await revision(ctx))
    async with at_desk(runtime, office, "registry") as registry:
        await page(registry, f"{list_}/carry_out")
        done = today(method="ย่อยต่อหน้ากรรมการ", **await revision(ctx))
        await sent(registry, f"{list_}/carry_out", **done)
        shown = await page(registry, list_)
        printed = await registry.get(f"{list_}/list.pdf")
        assert (await registry.get(f"{list_}/nonsense")).status_code == 404
    async with at_desk(runtime, office, "officer") as officer:
        assert (await officer.get(list_)).status_code == 403

    for words in ("ทำลายต้นฉบับกระดาษแล้ว", "เก็บต่อ", "ย่อยต่อหน้ากรรมการ", "ไฟล์อิเล็กทรอนิกส์"):
        assert words in shown
    assert printed.content.startswith(b"%PDF")


async def test_an_export_is_made_and_downloaded_on_its_page(
    runtime: Runtime, office: TownHall
) -> None:
    await closed(office, OLD, subject="ขุดลอกคลอง")
    async with at_desk(runtime, office, "registry") as registry:
        await page(registry, f"{HOME}/exports/new")
        empty = await registry.post(
            f"{HOME}/exports/new", data={"register": "receive", "year": "2550"}
        )
        await sent(registry, f"{HOME}/exports/new", register="receive", year="2553")
        assert "กำลังจัดทำ" in await page(registry, f"{HOME}/exports")
        [row] = await rows(
            office.ctx, "SELECT id FROM eoffice.export WHERE tenant_id = $1", office.ctx.tenant.id
        )
        await exporting.make(office.ctx, str(row["id"]))
        assert "พร้อมดาวน์โหลด" in await page(registry, f"{HOME}/exports")
        got = await registry.get(f"{HOME}/exports/{row['id']}/package.zip")
    async with at_desk(runtime, office, "mayor") as mayor:
        refused = await mayor.get(f"{HOME}/exports/{row['id']}/package.zip")

    assert empty.status_code == 422
    assert (got.status_code, got.headers["content-type"]) == (200, "application/zip")
    assert "SHA256SUMS.sig" in zipfile.ZipFile(BytesIO(got.content)).namelist()
    assert refused.status_code == 403


@pytest.mark.parametrize("who", ["registry", "clerk"])
async def test_figures_of_keeping_are_set_by_who_sets_the_desk(
    runtime: Runtime, office: TownHall, who: str
) -> None:
    async with at_desk(runtime, office, who) as desk:
        answer = await desk.get("/desk/eoffice/figures")
        one = await desk.get("/desk/eoffice/figures/keep.ordinary")

    assert answer.status_code == one.status_code == (200 if who == "clerk" else 403)


async def test_a_figure_that_the_office_set_holds_for_lists_drawn_from_then_on(
    runtime: Runtime, office: TownHall
) -> None:
    letter = await closed(office, OLD, subject="ขุดลอกคลอง")
    async with at_desk(runtime, office, "clerk") as clerk:
        form = await page(clerk, "/desk/eoffice/figures/keep.ordinary/set")
        seen = form.split('name="revision" value="')[1].split('"')[0]
        since = {name.replace("on.", "since."): value for name, value in today().items()}
        facts = {"value": "20", "law": "ตารางกำหนดอายุการเก็บของเทศบาล", "why": "มติ 1/2569"}
        await sent(
            clerk, "/desk/eoffice/figures/keep.ordinary/set", revision=seen, **facts, **since
        )
        shown = await page(clerk, f"/desk/eoffice/letters/{letter}/keeping")

    assert "เก็บถึง พ.ศ. 2573" in shown
    assert at(office.ctx, OLD).today.year == 2010
