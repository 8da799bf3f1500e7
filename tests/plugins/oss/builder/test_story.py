import re
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from core.context import Context
from core.db import transaction

HEAD = "แบบคำขอใช้สนาม"
CASES = 'SELECT id, track, version FROM casework."case" ORDER BY number'
AUDITED = """
SELECT action, detail FROM core.audit_entry WHERE action LIKE 'oss.service.%' ORDER BY id
"""


async def rows_of(ctx: Context, query: str) -> list[dict[str, Any]]:
    async with transaction(ctx) as connection:
        return [dict(row) for row in await connection.fetch(query)]


async def filed(citizen: Any, **answers: str) -> str:
    """File the service as a citizen without a script, and return where it is followed."""
    await citizen.open("/services/oss.own-1")
    await citizen.send("/services/oss.own-1")
    draft = citizen.path.removesuffix("/1")
    await citizen.send(name="นายสมชาย ใจดี", phone="081-234-5678")
    await citizen.send(**answers)
    assert citizen.path == f"{draft}/3", citizen.text
    await citizen.send(f"{draft}/file", declared="yes")
    assert citizen.path.startswith("/t/"), citizen.text
    track: str = citizen.path
    return track


async def decided(officer: Any, case: str, steps: int) -> None:
    """Receive a case, pass it on as often as its steps need, approve it."""
    await officer.open(f"/desk/cases/{case}")
    for act in ["accept", *["forward"] * (steps - 1), "approve"]:
        sure = {"sure": "yes"} if act == "approve" else {}
        answer = await officer.send(f"/desk/cases/{case}/{act}", opinion="เห็นควรอนุญาต", **sure)
        assert answer.status_code == 200, officer.text


async def paper_of(visitor: Any, track: str) -> str:
    """Return the words of the last paper of a case, in one line."""
    await visitor.open(track)
    links = re.findall(rf'href="({track}/papers/[0-9a-f-]+)"', visitor.page.text)
    pdf = await visitor.client.get(links[-1])
    assert pdf.headers["content-type"] == "application/pdf"
    reader = PdfReader(BytesIO(pdf.content))
    return "".join("".join(page.extract_text() for page in reader.pages).split())


async def change(officer: Any, made: str) -> None:
    """Change form, steps, limit and paper of the service, without publishing it."""
    await officer.open(f"{made}/questions/add?of=number")
    await officer.send(label_th="มากันกี่คน", label_en="How many", required="yes", when="0")
    await officer.open(f"{made}/questions")
    await officer.send(do="drop.f6")
    await officer.open(f"{made}/steps/add")
    await officer.send(
        title_th="ตรวจสนาม", title_en="Look", by="inspector", count="2", unit="working"
    )
    await officer.open(f"{made}/steps")
    await officer.send(do="up.s8")
    await officer.open(f"{made}/limit")
    await officer.send(count="9", unit="working")
    await officer.open(f"{made}/result")
    await officer.send(
        paper="general",
        paper_title_th="ใบอนุญาตใช้สนาม ฉบับใหม่",
        paper_title_en="New permit",
        fee_th="ไม่เสียค่าธรรมเนียม",
        fee_en="No fee",
        keep_years="2",
    )


async def test_a_service_made_in_the_browser_is_filed_handled_and_printed(
    officer: Any, visit: Any, made: str, ctx: Context
) -> None:
    await officer.open(f"{made}/publish")
    await officer.send(f"{made}/publish")
    assert "เผยแพร่ฉบับที่ 1 แล้ว" in officer.text
    track = await filed(citizen := await visit(), f3="แข่งฟุตบอล", f6="o4")
    [case] = await rows_of(ctx, CASES)
    await decided(officer, str(case["id"]), steps=2)

    paper = await paper_of(citizen, track)
    assert "หนังสืออนุญาตใช้สนาม" in paper
    assert "แข่งฟุตบอล" in paper
    assert "กลางวัน" in paper
    assert "รักษาความสะอาด" in paper


async def test_an_open_case_keeps_its_version_when_the_service_is_changed(
    officer: Any, visit: Any, made: str, ctx: Context
) -> None:
    await officer.open(f"{made}/publish")
    await officer.send(f"{made}/publish")
    citizen = await visit()
    before = await filed(citizen, f3="แข่งฟุตบอล", f6="o4")
    await change(officer, made)
    unseen = await citizen.open("/services/oss.own-1")
    await officer.open(f"{made}/publish")
    told = officer.text
    await officer.send(f"{made}/publish")
    after = await filed(citizen, f3="วิ่งการกุศล", f7="120")
    old, new = await rows_of(ctx, CASES)

    assert "9 วันทำการ" not in unseen.text
    assert "เพิ่มคำถาม “มากันกี่คน”" in told
    assert "ตัดคำถาม “ใช้ช่วงใด” ออก" in told
    assert "เพิ่มขั้นตอน “ตรวจสนาม”" in told
    assert "จาก “5 วันทำการ” เป็น “9 วันทำการ”" in told
    assert "เรื่องที่เปิดอยู่ 1 เรื่อง ใช้ฉบับเดิม" in told
    assert (old["version"], new["version"]) == (1, 2)

    await officer.open(f"/desk/cases/{old['id']}")
    assert "กลางวัน" in officer.text
    assert "ตรวจสนาม" not in officer.text
    await decided(officer, str(old["id"]), steps=2)
    await officer.open(f"/desk/cases/{new['id']}")
    assert "ตรวจสนาม" in officer.text
    assert "ใช้ช่วงใด" not in officer.text
    await decided(officer, str(new["id"]), steps=3)

    limits = 'SELECT due_on - complete_on AS days FROM casework."case" ORDER BY number'
    short, long = [row["days"] for row in await rows_of(ctx, limits)]
    assert short < long
    assert "หนังสืออนุญาตใช้สนาม" in await paper_of(citizen, before)
    newer = await paper_of(citizen, after)
    assert "ใบอนุญาตใช้สนามฉบับใหม่" in newer
    assert "วิ่งการกุศล" in newer
    assert "รักษาความสะอาด" not in newer


async def test_a_draft_that_was_begun_before_a_change_is_filed_as_it_was_begun(
    officer: Any, visit: Any, made: str, ctx: Context
) -> None:
    await officer.open(f"{made}/publish")
    await officer.send(f"{made}/publish")
    citizen = await visit()
    await citizen.open("/services/oss.own-1")
    await citizen.send("/services/oss.own-1")
    draft = citizen.path.removesuffix("/1")
    await change(officer, made)
    await officer.open(f"{made}/publish")
    await officer.send(f"{made}/publish")
    await citizen.send(f"{draft}/1", name="นายสมชาย ใจดี", phone="081-234-5678")
    await citizen.send(f"{draft}/2", f3="แข่งฟุตบอล", f6="o5")
    await citizen.send(f"{draft}/file", declared="yes")

    assert [row["version"] for row in await rows_of(ctx, CASES)] == [1]


async def test_every_change_is_on_record_with_what_it_was_before(
    officer: Any, made: str, ctx: Context
) -> None:
    await officer.open(f"{made}/publish")
    await officer.send(f"{made}/publish")
    await change(officer, made)
    await officer.open(f"{made}/publish")
    await officer.send(f"{made}/publish")
    entries = await rows_of(ctx, AUDITED)
    told = [row["detail"] for row in entries if row["action"] == "oss.service.published"]

    assert entries[0]["action"] == "oss.service.created"
    assert {row["action"] for row in entries[1:]} == {
        "oss.service.changed",
        "oss.service.published",
    }
    assert '"version": 1' in told[0] or '"version":1' in told[0]
    digests = [re.findall(r'"(before|after)": ?"([0-9a-f]{64})"', one) for one in told]
    assert dict(digests[0])["after"] == dict(digests[1])["before"]
