import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed
from core.runtime import Runtime
from kit.casework import Applicant, Filed, file_case, get_offered, keep_file
from kit.documents import Store
from plugins.eoffice.service import arrivals, cards, codes, drafts, petitions, receiving, registers
from plugins.eoffice.service.files import files_of
from plugins.eoffice.service.petitions import SERVICES
from plugins.eoffice.service.rights import PERMISSIONS
from tests.plugins.eoffice.conftest import (
    TownHall,
    a_head,
    a_pdf,
    at_desk,
    rows,
    staffed,
)
from tests.plugins.eoffice.letters import signs, typed
from tests.plugins.eoffice.working import work

ASKED = {"subject": "ขอให้ประสานไฟถนน", "details": "ไฟถนนทางหลวงหน้าตลาดดับมาสามวัน"}
NAME = "นายคำปัน ใจยา"


@pytest.fixture
async def hall(ctx: Context) -> TownHall:
    """A town hall of this very moment, as its pages are."""
    return await staffed(replace(ctx, now=datetime.now(UTC)))


async def filed(hall: TownHall, name: str = NAME) -> Filed:
    """File a general request with one paper, as the citizen does."""
    paper = await keep_file(hall.ctx, "photo", "แผนที่.pdf", a_pdf())
    return await file_case(
        hall.ctx,
        service=await get_offered(hall.ctx, "oss.general"),
        applicant=Applicant(name=name, phone="+66812345678"),
        answers=ASKED,
        attachments=[paper.id],
        key=str(uuid4()),
    )


async def taken(hall: TownHall) -> tuple[Filed, UUID]:
    """File one, and have the worker take it in."""
    one = await filed(hall)
    await work(hall.ctx)
    found = await petitions.letter_of(hall.ctx, one.id)
    assert found is not None
    return one, found["id"]


async def entered(hall: TownHall) -> tuple[Filed, UUID, str]:
    """File one, take it in and register it; return its receive number too."""
    one, letter = await taken(hall)
    registry = await hall.sits("registry")
    drawn = await receiving.register(registry, letter, a_head(number=one.number, sender=NAME))
    return one, letter, str(drawn.number)


async def reply(hall: TownHall, letter: UUID, kind: str = "external", to: str = NAME) -> UUID:
    """Answer a letter, and have the mayor sign that."""
    await codes.set_code(hall.ctx, "", "ชม 52001")
    clerk = await hall.sits("clerk")
    answer = await drafts.begin(clerk, kind, typed(fields={"to": to}), answers=letter)
    await drafts.submit(clerk, answer, to="mayor")
    await signs(await hall.sits("mayor"), answer)
    return answer


async def test_a_request_waits_as_a_letter_with_what_was_handed_in(
    hall: TownHall, text_of: Callable[[bytes], str]
) -> None:
    one = await filed(hall)
    await work(hall.ctx, twice=True)

    [waiting] = await arrivals.arrivals(await hall.sits("registry"))
    paper, photo = await files_of(hall.ctx, waiting["id"])
    store = Store(hall.ctx.settings.data / "files")
    words = text_of(await store.read_async(hall.ctx.tenant.id, paper["digest"]))
    assert (waiting["sender"], waiting["number"], waiting["case_id"]) == (NAME, one.number, one.id)
    assert waiting["subject"] == "คำร้องทั่วไป ขอให้ประสานไฟถนน"
    assert (paper["role"], photo["role"], photo["name"]) == ("main", "enclosed", "แผนที่.pdf")
    assert "ไฟถนนทางหลวงหน้าตลาดดับมาสามวัน" in words
    assert "081" not in words  # of its number only the end is shown


async def test_who_filed_it_sees_the_receive_number_and_the_letter_that_answers(
    hall: TownHall, runtime: Runtime, text_of: Callable[[bytes], str]
) -> None:
    one, letter, number = await entered(hall)
    [card] = await cards.cards_for(hall.ctx, one.id, "track", one.track)
    assert f"Receive number {number}/" in card.body.en
    assert card.href == ""

    begun = await drafts.first_fields(await hall.sits("clerk"), "external", letter)
    assert begun["references"].startswith(f"คำขอของ{NAME} ที่ {one.number}")
    answer = await reply(hall, letter)
    _, given = await cards.cards_for(hall.ctx, one.id, "track", one.track)
    other = await filed(hall, "นางบัวผัน แก้วมา")
    async with at_desk(runtime, hall, "registry") as anybody:
        anybody.cookies.clear()
        followed = await anybody.get(f"/t/{one.track}")
        read = await anybody.get(given.href)
        stranger = await anybody.get(given.href.replace(one.track, other.track))
    told = await rows(
        hall.ctx, "SELECT recipient FROM core.message WHERE template = 'casework.letter'"
    )
    assert "หนังสือถึงท่าน" in followed.text
    assert read.status_code == 200
    assert "ขอส่งเครื่องสูบน้ำสนับสนุน" in text_of(read.content)
    assert stranger.status_code == 404
    assert len(told) == 1
    assert (await petitions.given_files(hall.ctx, one.id))[0]["id"] == answer


@pytest.mark.parametrize(("kind", "to"), [("external", "ผู้จัดการการไฟฟ้าส่วนภูมิภาค"), ("memo", NAME)])
async def test_what_is_for_others_stays_in_the_office_until_somebody_gives_it(
    hall: TownHall, kind: str, to: str
) -> None:
    one, letter, _ = await entered(hall)
    answer = await reply(hall, letter, kind, to)
    registry = await hall.sits("registry")
    assert await petitions.given_files(hall.ctx, one.id) == []

    if kind == "memo":
        with pytest.raises(Conflict):
            await petitions.give(registry, answer)
        return
    await petitions.give(registry, answer)
    with pytest.raises(Conflict):
        await petitions.give(registry, answer)
    assert [one["id"] for one in await petitions.given_files(hall.ctx, one.id)] == [answer]


async def test_a_request_becomes_one_letter_however_many_take_it_in(hall: TownHall) -> None:
    one = await filed(hall)
    registry = await hall.sits("registry")
    takes = [petitions.take_in(registry, one.id) for _ in range(4)]

    done = await asyncio.gather(*takes, return_exceptions=True)
    await work(hall.ctx)

    assert sorted(type(each).__name__ for each in done) == ["Conflict"] * 3 + ["UUID"]
    assert len(await arrivals.arrivals(registry)) == 1


async def test_what_is_not_chosen_is_taken_in_by_hand_by_who_may_read_it(
    hall: TownHall, runtime: Runtime
) -> None:
    director = await hall.sits("director")
    settings = replace(
        await hall.sits("registry"),
        actor=replace(director.actor, permissions={name: None for name in PERMISSIONS}),
    )
    await petitions.set_services(settings, [])
    with pytest.raises(InvalidInput):
        await petitions.set_services(settings, ["oss.nothing"])
    kept = await rows(
        hall.ctx, "SELECT settings::text FROM core.plugin_switch WHERE plugin = 'eoffice'"
    )
    one = await filed(hall)
    with pytest.raises(NotAllowed):
        await petitions.take_in(settings, one.id)
    shown = await cards.cards_for(await hall.sits("registry"), one.id, "desk", one.track)
    runtime.directory.forget()  # as every process does that hears of it
    tenant = await runtime.directory.get(hall.ctx.tenant.id)
    assert tenant is not None
    await work(replace(hall.ctx, tenant=tenant))

    assert f'"{SERVICES}": []' in kept[0]["settings"]
    assert await petitions.letter_of(hall.ctx, one.id) is None
    assert [card.action.en for card in shown][-1] == "Take it in"


async def test_a_secret_one_says_nothing_where_it_is_followed(hall: TownHall) -> None:
    one, letter = await taken(hall)
    secrets = await hall.sits("registry")
    secrets = replace(
        secrets, actor=replace(secrets.actor, permissions={name: None for name in PERMISSIONS})
    )
    head = a_head(number=one.number, sender=NAME, secrecy="secret")
    await receiving.register(secrets, letter, head)

    assert await cards.cards_for(hall.ctx, one.id, "track", one.track) == []
    assert len(await registers.entries_of(hall.ctx, letter)) == 1
