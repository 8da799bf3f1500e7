import asyncio
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed
from plugins.eoffice.service import arrivals, printing, receiving, registers
from plugins.eoffice.service.files import files_of, read_file
from plugins.eoffice.service.receiving import AlreadyRegistered
from plugins.eoffice.service.returning import send_back
from tests.plugins.eoffice.conftest import TownHall, a_head, a_pdf, arrived, at, registered, rows


async def numbers_of(ctx: Context, register: str) -> list[tuple[int, int]]:
    found = await rows(
        ctx,
        "SELECT year, number FROM eoffice.entry WHERE tenant_id = $1 AND register = $2"
        " ORDER BY year, number",
        ctx.tenant.id,
        register,
    )
    return [(row["year"], row["number"]) for row in found]


async def test_letters_that_come_at_once_get_numbers_one_after_another(hall: TownHall) -> None:
    registry = await hall.sits("registry")

    done = await asyncio.gather(
        *(registered(registry, number=f"ชม 0023/{n}") for n in range(1, 41))
    )

    assert sorted(drawn.number for _, drawn in done) == list(range(1, 41))
    assert await numbers_of(registry, "receive") == [(2569, n) for n in range(1, 41)]


async def test_the_year_of_a_number_is_that_of_bangkok(hall: TownHall) -> None:
    before = await hall.sits("registry", at(hall.ctx, "2026-12-31 23:59:59"))
    after = await hall.sits("registry", at(hall.ctx, "2027-01-01 00:00"))

    _, last = await registered(before, number="1/1")
    _, first = await registered(after, number="1/2")

    assert (last.quoted, first.quoted) == ("1/2569", "1/2570")


async def test_the_same_letter_is_registered_once_and_the_clerk_is_told_its_number(
    hall: TownHall,
) -> None:
    registry = await hall.sits("registry")
    first, drawn = await registered(registry)
    again = await arrived(registry)

    with pytest.raises(AlreadyRegistered, match=f"registered before as {drawn.quoted}") as told:
        await receiving.register(registry, again, a_head(number="ชม  ๐๐๒๓.๓/ว ๘๑๒"))

    assert told.value.letter == first
    assert await numbers_of(registry, "receive") == [(2569, 1)]
    other = a_head(sender="อำเภอหางดง")
    assert (await receiving.register(registry, again, other)).number == 2


async def test_of_two_clerks_who_register_one_letter_at_once_one_is_told(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    letter = await arrived(registry)

    done = await asyncio.gather(
        *(receiving.register(registry, letter, a_head()) for _ in range(2)),
        return_exceptions=True,
    )

    assert sum(isinstance(one, Conflict) for one in done) == 1
    assert await numbers_of(registry, "receive") == [(2569, 1)]


async def test_reserved_and_void_numbers_stay_with_their_reason(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    drawn = await registers.reserve(registry, "send", 3, "หนังสือเชิญประชุมสภา ลงนามบ่ายนี้")

    await registers.void(registry, drawn[1], "งดประชุม")

    states = [row["state"] for row in await registers.page_of(registry, "send", 2569)]
    assert states == ["reserved", "void", "reserved"]
    assert (await registers.get_entry(registry, drawn[1]))["remark"] == "งดประชุม"
    with pytest.raises(Conflict, match="not reserved"):
        await registers.void(registry, drawn[1], "อีกครั้ง")
    with pytest.raises(InvalidInput) as unsaid:
        await registers.void(registry, drawn[0], " ")
    assert "Write why" in unsaid.value.problems["why"].en
    with pytest.raises(InvalidInput) as many:
        await registers.reserve(registry, "send", 51, "มาก")
    assert "1 to 50" in many.value.problems["count"].en


async def test_who_does_not_keep_the_register_draws_no_number(hall: TownHall) -> None:
    officer = await hall.sits("officer")

    with pytest.raises(NotAllowed, match="Enter, reserve and void"):
        await registers.reserve(officer, "send", 1, "อยากได้")
    with pytest.raises(NotAllowed, match="Enter, reserve and void"):
        await arrivals.arrivals(officer)


async def test_a_letter_that_is_not_ours_goes_back_without_a_number(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    letter = await arrived(registry)

    await send_back(registry, letter, "เป็นของเทศบาลตำบลป่าแดด")

    assert await arrivals.arrivals(registry) == []
    assert await numbers_of(registry, "receive") == []
    with pytest.raises(Conflict, match="sent back already"):
        await receiving.register(registry, letter, a_head())


async def test_a_letter_without_a_file_is_taken_in_only_when_that_is_said(hall: TownHall) -> None:
    registry = await hall.sits("registry")

    with pytest.raises(InvalidInput) as bare:
        await arrivals.take_in(registry, [])
    assert "only paper" in bare.value.problems["files"].en
    letter = await arrivals.take_in(registry, [], paper_only=True)

    head = a_head(dated_on=date(2026, 11, 19))
    assert (await receiving.register(registry, letter, head)).number == 1


async def test_what_is_received_stays_as_it_came_and_its_copy_has_the_stamp(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    raw = a_pdf()
    letter = await arrived(registry, raw)
    await receiving.register(registry, letter, a_head())

    for _ in range(2):
        await printing.stamp_copy(hall.ctx, str(letter))

    files = {one["role"]: one for one in await files_of(registry, letter)}
    kept, _, _ = await read_file(registry, letter, files["main"]["id"])
    copy, _, _ = await read_file(registry, letter, files["stamped"]["id"])
    said = PdfReader(BytesIO(copy)).pages[0].extract_text()
    assert kept == raw
    assert len(files) == 2
    assert "เทศบาลเมืองแม่เหียะ" in said
    assert "เลขรับ" in said


async def test_a_division_gives_a_number_of_its_own_once(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    letter, _ = await registered(registry)

    done = await asyncio.gather(
        *(receiving.register_in_unit(registry, letter, "works") for _ in range(2)),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in done) == ["Conflict", "Drawn"]
    assert await numbers_of(registry, "receive.works") == [(2569, 1)]
    with pytest.raises(NotAllowed, match="do not keep the register"):
        await receiving.register_in_unit(registry, letter, "nowhere")
