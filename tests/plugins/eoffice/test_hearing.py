"""Notes that come late, twice, or without saying who says them."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from core.context import Context
from core.db import new_id
from plugins.eoffice.rules.parcels import Agency, Arrived, Note, NoteKind
from plugins.eoffice.service import correspondents, posting
from plugins.eoffice.service.correspondents import Entry
from plugins.eoffice.service.taking import take
from tests.plugins.eoffice import letters
from tests.plugins.eoffice.conftest import rows
from tests.plugins.eoffice.sides import BETONG, MAEHIA, NAMES, YALA, Side, sides


@pytest.fixture
async def both(ctx: Context, other: Context) -> AsyncIterator[tuple[Side, Side]]:
    async with sides(ctx, other) as found:
        yield found


async def hears(
    side: Side, kind: NoteKind, *, says: str = YALA, sender: UUID | None = None, **more: Any
) -> None:
    """Have a note come that is about the first letter.

    :param says: the code that the note names as its sender's.
    """
    facts: dict[str, Any] = {
        "number": "ชม ๕๒๐๐๑ / ๑",
        "dated_on": side.ctx.today,
        "subject": letters.FIELDS["subject"],
        "sender": Agency(name=NAMES.get(says, ""), department=says),
        "receiver": Agency(name="", department=side.node.department),
    }
    note = Note(id=new_id(), kind=kind, **{**facts, **more})
    known = await correspondents.get(side.ctx, sender) if sender else None
    await take(side.ctx, "ecms", Arrived(key=str(note.id), content=note), sender=known)


async def test_word_of_the_withdrawn_letter_is_none_of_the_one_that_waits_behind_it(
    both: tuple[Side, Side],
) -> None:
    sender, _ = both
    letter = await sender.signs()
    await sender.send()
    await hears(sender, "rejected", sender=sender.other)
    await posting.send_more(await sender.sits(), letter, sender.other)
    await hears(sender, "received", sender=sender.other)

    assert await sender.sent() == [
        ("letter", "withdrawn", ""), ("letter", "waiting", ""), ("withdrawn", "waiting", ""),
    ]  # fmt: skip
    await sender.send()
    assert [state for _, state, _ in await sender.sent()] == ["withdrawn", "sent", "sent"]


async def test_what_could_not_be_withdrawn_is_not_sent_anew(both: tuple[Side, Side]) -> None:
    sender, receiver = both
    letter = await sender.signs()
    await sender.send()
    await hears(sender, "rejected", sender=sender.other)
    await posting.send_more(await sender.sits(), letter, sender.other)
    sender.node.faults = dict.fromkeys(range(100), "lose")
    await sender.send()
    sender.wait(days=1)
    await sender.send()
    before = list(sender.node.traffic)
    waiting = await sender.sent()
    sender.node.faults = {}
    sender.wait(days=1)
    await sender.send()

    assert waiting[1:] == [("letter", "waiting", ""), ("withdrawn", "waiting", "")]
    assert before == [(MAEHIA, "GovernmentDocument")]
    assert sender.node.traffic[1:] == [(MAEHIA, "withdraw"), (MAEHIA, "GovernmentDocument")]
    assert len(receiver.node.queue) == 2


async def test_only_the_agency_that_a_letter_went_to_speaks_of_it(
    both: tuple[Side, Side],
) -> None:
    sender, _ = both
    betong = Entry(name=NAMES[BETONG], channel="ecms", department=BETONG)
    other = await correspondents.keep(sender.ctx, betong)
    await sender.signs()
    await sender.send()
    await hears(sender, "accepted", says=BETONG, sender=other, accept_number="9")
    await hears(sender, "accepted", accept_number="8")

    assert await sender.sent() == [("letter", "sent", "")]
    doubts = [row["doubt"] for row in await sender.came()]
    assert sorted("ไม่พบหนังสือที่แจ้งถึง" in one for one in doubts) == [False, True]
    await hears(sender, "accepted", sender=sender.other, accept_number="7")
    await hears(sender, "rejected", sender=sender.other)
    assert await sender.sent() == [("letter", "accepted", "7")]


async def test_a_doubt_that_names_nobody_is_heard_where_only_one_agency_can_mean_it(
    both: tuple[Side, Side],
) -> None:
    sender, receiver = both
    await sender.signs()
    await sender.send()
    await receiver.collect()
    await hears(receiver, "wrong_number", says=BETONG, accept_number="1")
    await hears(receiver, "wrong_number", says="", accept_number="1", subject="เรื่องอื่น")
    nothing = await receiver.told("eoffice.number.doubted")
    await hears(receiver, "wrong_number", says="", accept_number="1")
    once = await receiver.told("eoffice.number.doubted")
    await rows(
        receiver.ctx,
        "INSERT INTO eoffice.arrival SELECT tenant_id, channel, 'another', letter_id, NULL, content"
        ", proof, receipt, doubt, arrived_at FROM eoffice.arrival WHERE correspondent IS NOT NULL",
    )
    await hears(receiver, "wrong_number", says="", accept_number="1")

    assert nothing == []
    assert len(once) == 1
    assert await receiver.told("eoffice.number.doubted") == once
    assert len([row for row in await receiver.came() if row["doubt"]]) == 3


async def test_of_a_secret_letter_nobody_is_told_but_its_registrar(
    both: tuple[Side, Side],
) -> None:
    sender, receiver = both
    await sender.signs()
    await sender.send()
    await receiver.collect()
    await rows(receiver.ctx, "UPDATE eoffice.letter SET secrecy = 'secret'")
    await hears(receiver, "wrong_number", says=MAEHIA, sender=receiver.other, accept_number="1")

    assert [row["letter_id"] is None for row in await receiver.came()] == [False, False]
    assert await receiver.told("eoffice.number.doubted") == []
