"""Letters about renewals: counted, signed, made once, printed, sent."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from pypdf import PdfReader

from core.context import SYSTEM, Context
from core.errors import Conflict, InvalidInput, NotAllowed
from core.runtime import Runtime
from core.text import Text
from kit.registers import newest_imported
from plugins.food_cert.service import (
    demo_import,
    demo_register,
    lettering,
    letters,
    places,
    posted,
)
from plugins.food_cert.service.importing import REGISTER
from plugins.food_cert.service.rights import CARRY, ORDER, PERMISSIONS, READ
from plugins.food_cert.tables.register import Place
from tests.desks import signed_in
from tests.plugins.food_cert.conftest import a_place, an_officer, rows
from tests.plugins.waste_fees.conftest import in_days

PATH = "/desk/food/letters"
Licence = Callable[..., Awaitable[UUID]]
WORDS = Text("ยื่นต่ออายุ", "Asked for the renewal")


@pytest.fixture
def licence(ctx: Context) -> Licence:
    """Enter a restaurant whose licence ends in so many days."""

    async def licence(days: int, **more: Any) -> UUID:
        facts = {
            "name": f"ภัตตาคาร {days}",
            "instrument": "licence",
            "area": Decimal(250),
            "until": ctx.today + timedelta(days),
            "paper_number": f"{days + 1}/2569",
        }
        return await a_place(ctx, opened_on=ctx.today - timedelta(300), **facts | more)

    return licence


async def made(ctx: Context, **more: Any) -> dict[str, Any]:
    run = await letters.begin(ctx, **more)
    await letters.confirm(ctx, run)
    return await letters.read_run(ctx, run)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


async def renewed(ctx: Context, place: UUID) -> None:
    """Note that the renewal of a licence was asked."""
    row = await places.get_place(ctx, place)
    asked = {Place.renewing: UUID(int=1)}
    await places.change_place(ctx, row, asked, what="entered", words=WORDS)


async def test_counting_names_whom_letters_go_to_and_who_gets_none(
    officer: Context, licence: Licence
) -> None:
    for days in (60, 0, 30):
        await licence(days)
    await licence(20, renewing=UUID(int=1))
    await licence(61)
    await licence(-1)
    await licence(10, state="revoked")
    await a_place(officer, name="มีหนังสือรับรอง")
    run = await letters.begin(officer)
    seen = await letters.read_run(officer, run)

    assert (seen["state"], seen["letters"], seen["odd"]) == ("counted", 3, {"renewing": 1})
    assert [(one["name"], one["state"]) for one in await posted.letters_of(officer, run)] == [
        ("ภัตตาคาร 0", "drafted"),
        ("ภัตตาคาร 20", "skipped"),
        ("ภัตตาคาร 30", "drafted"),
        ("ภัตตาคาร 60", "drafted"),
    ]
    assert await rows(officer, "SELECT 1 FROM documents.paper") == []
    assert (await letters.read_run(officer, await letters.begin(officer, days=1)))["letters"] == 1
    with pytest.raises(InvalidInput):
        await letters.begin(officer, days=366)


async def test_a_letter_is_numbered_signed_and_says_by_when_and_what_otherwise(
    officer: Context, licence: Licence
) -> None:
    place = await licence(45)
    run = await made(officer)
    [letter] = await posted.letters_of(officer, run["id"])
    pdf, name = await posted.read_letter(officer, letter["id"])
    text = text_of(pdf)

    assert (run["state"], letter["number"], name) == ("done", "1/2569", "1-2569.pdf")
    for words in (
        "๔๖/๒๕๖๙", "๔ มกราคม ๒๕๗๐", "ปัน ใจยา", "มาตรา ๕๕", "มาตรา ๗๒", "๕๐,๐๐๐",
        "สุดา รักสะอาด", "/services/food_cert.renew",
    ):  # fmt: skip
        assert words in text, words
    [paper] = await rows(officer, "SELECT contents FROM documents.paper")
    assert "/services/food_cert.renew?paper=46%2F2569" in paper["contents"]
    assert [one["what"] for one in await places.events_of(officer, place)] == ["written"]


async def test_who_asks_between_count_and_letter_gets_none_nor_whose_licence_changed(
    officer: Context, licence: Licence
) -> None:
    asked, changed, stays = await licence(10), await licence(20), await licence(30)
    run = await letters.begin(officer)
    await renewed(officer, asked)
    row = await places.get_place(officer, changed)
    until = {Place.until: row["until"] + timedelta(365)}
    await places.change_place(officer, row, until, what="entered", words=WORDS)
    await letters.confirm(officer, run)

    done = await letters.read_run(officer, run)
    assert done["odd"] == {"renewing": 1, "changed": 1}
    written = [one["place_id"] for one in await posted.letters_of(officer, run) if one["paper"]]
    assert written == [stays]


async def test_nobody_is_written_to_twice_within_thirty_days_and_again_after_them(
    officer: Context, licence: Licence
) -> None:
    await licence(50)
    early = await letters.begin(officer)
    await made(officer)
    again = await made(in_days(officer, 29))
    assert (again["letters"], again["odd"]) == (0, {"recent": 1})
    await letters.confirm(officer, early)
    assert (await letters.read_run(officer, early))["odd"] == {"recent": 1}

    assert (await made(in_days(officer, 30)))["counts"]["made"] == 1


async def test_a_licence_that_ended_before_it_was_signed_gets_no_letter(
    officer: Context, licence: Licence
) -> None:
    await licence(3)
    run = await letters.begin(officer)
    await letters.confirm(in_days(officer, 4), run)

    assert (await letters.read_run(officer, run))["odd"] == {"ended": 1}


async def test_a_set_is_stopped_gone_on_with_and_never_made_twice(
    officer: Context, licence: Licence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lettering, "SLICE", 1)
    for days in (5, 6, 7):
        await licence(days)
    run = await letters.begin(officer)
    await letters.confirm(officer, run)
    await letters.stop(officer, run)
    job = replace(officer, actor=SYSTEM)
    await letters.work(job, str(run))
    stopped = await letters.read_run(officer, run)
    assert (stopped["state"], stopped["counts"]["made"]) == ("stopped", 1)
    with pytest.raises(Conflict):
        await letters.stop(officer, run)
    with pytest.raises(Conflict):
        await posted.print_all(officer, run)
    await letters.resume(officer, run)
    await asyncio.gather(*(letters.work(job, str(run)) for _ in range(3)))

    assert (await letters.read_run(officer, run))["state"] == "done"
    papers = await rows(officer, "SELECT number, issued_by FROM documents.paper ORDER BY id")
    assert [one["number"] for one in papers] == ["1/2569", "2/2569", "3/2569"]
    assert {one["issued_by"] for one in papers} == {officer.actor.id}
    with pytest.raises(Conflict):
        await letters.confirm(officer, run)


async def test_of_two_who_sign_at_once_one_is_told(officer: Context, licence: Licence) -> None:
    await licence(5)
    run = await letters.begin(officer)
    done = await asyncio.gather(
        *(letters.confirm(officer, run) for _ in range(4)), return_exceptions=True
    )

    assert len([one for one in done if isinstance(one, Conflict)]) == 3
    assert len(await rows(officer, "SELECT 1 FROM documents.paper")) == 1


async def test_who_may_count_does_not_sign_and_who_signs_does_not_count(
    officer: Context, licence: Licence
) -> None:
    await licence(5)
    clerk, mayor = an_officer(officer, "ก", READ, CARRY), an_officer(officer, "ข", READ, ORDER)
    with pytest.raises(NotAllowed):
        await letters.begin(mayor)
    run = await letters.begin(clerk)
    with pytest.raises(NotAllowed):
        await letters.confirm(clerk, run)
    await letters.confirm(mayor, run)
    with pytest.raises(NotAllowed):
        await posted.note_sent(mayor, run)

    assert (await letters.read_run(clerk, run))["signer"]["name"] == "ข"


async def test_all_letters_are_one_file_and_what_was_sent_is_noted_once(
    officer: Context, licence: Licence
) -> None:
    await licence(5, holder="นายบุญมี ใจงาม")
    await licence(6)
    run = (await made(officer))["id"]
    await posted.print_all(officer, run)
    with pytest.raises(Conflict):
        await posted.print_all(officer, run)
    for _ in range(2):
        await posted.work(replace(officer, actor=SYSTEM), str(run))
    pdf, _ = await posted.read_file(officer, run)
    assert len(PdfReader(BytesIO(pdf)).pages) == 2
    assert "บุญมี" in text_of(pdf)
    await posted.note_sent(officer, run)
    with pytest.raises(Conflict):
        await posted.note_sent(officer, run)

    assert [one["sent_on"] for one in await posted.letters_of(officer, run)] == [officer.today] * 2


async def test_another_municipality_sees_no_letters(
    officer: Context, other: Context, licence: Licence
) -> None:
    await licence(5)
    run = (await made(officer))["id"]

    assert await letters.newest_runs(other) == []
    assert await posted.letters_of(other, run) == []


async def test_a_set_is_counted_signed_and_sent_through_the_pages(
    runtime: Runtime, ctx: Context, officer: Context, licence: Licence
) -> None:
    place = await licence(5)
    await rows(officer, "UPDATE food_cert.place SET until = current_date + 20 WHERE id = $1", place)
    async with signed_in(runtime, ctx, list(PERMISSIONS), f"{PATH}/new") as desk:
        assert (await desk.post(f"{PATH}/new", data={"days": "0"})).status_code == 422
        begun = await desk.post(f"{PATH}/new", data={"days": "60"})
        where = begun.headers["location"]
        assert "ลงนามและออกหนังสือ 1 ฉบับ" in (await desk.get(where)).text
        assert (await desk.post(f"{where}/confirm")).status_code == 303
        assert (await desk.post(f"{where}/confirm")).status_code == 409
        assert (await desk.post(f"{where}/print")).status_code == 303
        assert (await desk.post(f"{where}/sent")).status_code == 303
        page = await desk.get(where)
        link = page.text.split(f'href="{where}/')[1].split('"')[0]
        pdf = await desk.get(f"{where}/{link}")
        early = await desk.get(f"{where}/letters.pdf")
        listed: httpx.Response = await desk.get(PATH)

    assert "ส่งแล้ว" in page.text
    assert pdf.content.startswith(b"%PDF")
    assert early.status_code == 404
    assert "ออกหนังสือครบแล้ว" in listed.text


async def test_the_demonstration_has_files_and_letters_in_their_states(ctx: Context) -> None:
    here = replace(ctx, tenant=replace(ctx.tenant, subdistricts=("500109",)))
    await demo_register.fill(here)
    await demo_import.fill(here)

    files = await newest_imported(here, REGISTER)
    assert [(one["state"], one["good"], one["bad"]) for one in files] == [
        ("looked", 1, 1),
        ("taken", 2, 1),
    ]
    states = [(one["state"], one["letters"]) for one in await letters.newest_runs(here)]
    assert states == [("counted", 1), ("done", 1)]
