import asyncio
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from core.context import SYSTEM, Context
from core.errors import Conflict, NotAllowed
from plugins.waste_fees.service import demanding, demands, points, posted
from tests.plugins.waste_fees.conftest import Point, an_officer, in_days, pay, rows
from tests.plugins.waste_fees.test_runs import DUE, billed

LATE = DUE + timedelta(days=60)


@pytest.fixture
async def late(priced: Context, point: Point) -> Context:
    """Sixty days after the due day of two bills, of two points in two zones."""
    await point(zone="หมู่ 2", payer_name="นางบัวผัน ใจยา")
    await point(zone="หมู่ 1")
    await billed(priced)
    return in_days(priced, (LATE - priced.today).days)


async def made(ctx: Context, **more: Any) -> dict[str, Any]:
    run = await demands.begin(ctx, **more)
    await demands.confirm(ctx, run)
    return await demands.read_run(ctx, run)


async def bill_of(ctx: Context, name: str) -> Any:
    [row] = await rows(ctx, "SELECT id, owed FROM treasury.bill WHERE payer_name = $1", name)
    return row


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


async def test_counting_names_whom_letters_go_to_and_makes_none(late: Context) -> None:
    run = await demands.begin(late)
    seen = await demands.read_run(late, run)
    drafts = await posted.letters_of(late, run)

    assert (seen["state"], seen["letters"], seen["amount"]) == ("counted", 2, 10000)
    assert [one["name"] for one in drafts] == ["นายสมชาย ใจดี", "นางบัวผัน ใจยา"]
    assert await rows(late, "SELECT 1 FROM documents.paper") == []


async def test_what_is_not_late_enough_or_of_another_zone_is_not_counted(late: Context) -> None:
    early = in_days(late, -1)
    assert (await demands.read_run(early, await demands.begin(early)))["letters"] == 0
    run = await demands.begin(late, zone="หมู่ 2")

    assert [one["name"] for one in await posted.letters_of(late, run)] == ["นางบัวผัน ใจยา"]


async def test_a_letter_is_numbered_signed_and_says_what_is_owed_by_which_law(
    late: Context,
) -> None:
    run = await made(late)
    letters = await posted.letters_of(late, run["id"])
    pdf, name = await posted.read_letter(late, letters[0]["id"])
    text = text_of(pdf)

    assert run["state"] == "done"
    assert [one["number"] for one in letters] == ["1/2570", "2/2570"]
    assert name == "1-2570.pdf"
    assert [one["turn"] for one in letters] == [1, 1]
    assert letters[0]["pay_by"] == LATE + timedelta(days=15)
    for words in ("พ.ศ. ๒๕๓๕", "๒๐ (๔)", "๕๐.๐๐", "ห้าสิบบาทถ้วน", "จันทร์เพ็ญ ทองดี", "๐๐๐๐๒"):
        assert words in " ".join(text.split()), words


async def test_who_pays_between_count_and_letter_gets_none(late: Context) -> None:
    run = await demands.begin(late)
    bill = await bill_of(late, "นายสมชาย ใจดี")
    await pay(late, bill["id"], bill["owed"])
    await demands.confirm(late, run)
    done = await demands.read_run(late, run)

    assert [one["name"] for one in await posted.letters_of(late, run)] == ["นางบัวผัน ใจยา"]
    assert done["odd"] == {"paid": 1}


async def test_nobody_is_written_to_twice_within_the_time_and_again_after_it(
    late: Context,
) -> None:
    early = await demands.begin(late)
    await made(late)
    again = await made(late)
    assert (again["letters"], again["odd"]) == (0, {"again": 2})
    await demands.confirm(late, early)
    assert (await demands.read_run(late, early))["odd"] == {"again": 2}
    assert (await made(in_days(late, 29)))["letters"] == 0
    later = await made(in_days(late, 30))

    assert later["letters"] == 2
    assert [one["turn"] for one in await posted.letters_of(late, later["id"])] == [2, 2]


async def test_arrears_stay_with_who_paid_before(late: Context, officer: Context) -> None:
    [row] = await rows(late, "SELECT id FROM waste_fees.point WHERE zone = 'หมู่ 1'")
    await points.change_point(
        late, row["id"], {"payer_name": "นายใหม่ มาแทน"}, from_on=late.today, why="ขายบ้าน"
    )
    run = await made(late)

    first, _ = await posted.letters_of(late, run["id"])
    assert first["name"] == "นายสมชาย ใจดี"


async def test_a_set_is_stopped_gone_on_with_and_never_made_twice(
    late: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demanding, "SLICE", 1)
    run = await demands.begin(late)
    await demands.confirm(late, run)
    await demands.stop(late, run)
    await demands.work(replace(late, actor=SYSTEM), str(run))
    stopped = await demands.read_run(late, run)
    assert (stopped["state"], stopped["counts"]["made"]) == ("stopped", 1)
    other = await demands.begin(late)
    await demands.confirm(late, other)
    with pytest.raises(Conflict):
        await demands.resume(late, run)
    await demands.work(replace(late, actor=SYSTEM), str(other))
    await demands.resume(late, run)
    job = replace(late, actor=SYSTEM)
    await asyncio.gather(*(demands.work(job, str(run)) for _ in range(3)))

    done = await demands.read_run(late, run)
    assert done["state"] == "done"
    papers = await rows(late, "SELECT number, issued_by FROM documents.paper ORDER BY id")
    assert [one["number"] for one in papers] == ["1/2570", "2/2570"]
    assert {one["issued_by"] for one in papers} == {late.actor.id}
    with pytest.raises(Conflict):
        await demands.confirm(late, run)


async def test_who_may_not_sign_makes_no_letters(late: Context) -> None:
    run = await demands.begin(late)
    with pytest.raises(NotAllowed):
        await demands.confirm(an_officer(late, "waste_fees.bill", "waste_fees.read"), run)
    assert await rows(late, "SELECT 1 FROM documents.paper") == []


async def test_all_letters_are_one_file_and_what_was_sent_or_came_back_is_noted(
    late: Context,
) -> None:
    run = (await made(late))["id"]
    await posted.print_all(late, run)
    with pytest.raises(Conflict):
        await posted.print_all(late, run)
    await posted.work(replace(late, actor=SYSTEM), str(run))
    [file] = await posted.files_of(late, run)
    pdf, _ = await posted.read_file(late, file["id"])
    assert len(PdfReader(BytesIO(pdf)).pages) == 2
    assert "บัวผัน" in text_of(pdf)
    await posted.note_sent(late, run)
    first, second = await posted.letters_of(late, run)
    assert await posted.note_returned(late, second["id"]) == run
    with pytest.raises(Conflict):
        await posted.note_returned(late, second["id"])
    bill = await bill_of(late, "นายสมชาย ใจดี")
    await pay(late, bill["id"], 2000)

    first, second = await posted.letters_of(late, run)
    assert (first["state"], first["owed"]) == ("sent", 3000)
    assert (second["state"], second["returned_on"]) == ("returned", late.today)


async def test_another_municipality_sees_no_letters(late: Context, other: Context) -> None:
    run = (await made(late))["id"]

    assert await demands.newest_runs(other) == []
    assert await posted.letters_of(other, run) == []


async def test_a_set_is_counted_signed_and_sent_through_the_pages(
    desk: httpx.AsyncClient, priced: Context, point: Point
) -> None:
    await point()
    await billed(priced)
    await rows(
        priced, "UPDATE treasury.bill SET due_on = current_date - 90 WHERE tenant_id = 'maehia'"
    )
    days = {
        "remind_before": "3", "remind_after": "7", "letter_after": "45", "letter_again": "30",
        "pay_within": "20",
    }  # fmt: skip
    assert (await desk.post("/desk/waste/demands/days", data=days)).status_code == 303
    wrong = await desk.post("/desk/waste/demands/days", data=days | {"pay_within": "0"})
    assert wrong.status_code == 422
    begun = await desk.post("/desk/waste/demands/new", data={})
    where = begun.headers["location"]
    assert "ลงนามและออกหนังสือ 1 ฉบับ" in (await desk.get(where)).text
    assert (await desk.post(f"{where}/confirm")).status_code == 303
    again = await desk.post(f"{where}/confirm")
    assert again.status_code == 409
    await desk.post(f"{where}/sent")
    page = await desk.get(where)
    letter = page.text.split('href="/desk/waste/letters/')[1].split('"')[0]
    pdf = await desk.get(f"/desk/waste/letters/{letter}")

    assert "ส่งแล้ว" in page.text
    assert pdf.content.startswith(b"%PDF")
