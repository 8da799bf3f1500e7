"""The acceptance sequences of eCMS through everything: pages' services, jobs, nodes over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.context import Context
from core.errors import Conflict
from plugins.eoffice.service import answering, correspondents, dispatches, posting, telling
from plugins.eoffice.service.correspondents import Entry
from plugins.eoffice.service.returning import send_back
from tests.plugins.eoffice.conftest import rows
from tests.plugins.eoffice.sides import BETONG, MAEHIA, NAMES, YALA, Side, sides

NUMBER = "ชม 52001/1"
TAKEN = [(MAEHIA, "GovernmentDocument"), (YALA, "poll"), (YALA, "delete")]
BACK = [(MAEHIA, "poll"), (MAEHIA, "delete")]
# The receipt goes back by itself as soon as a letter was taken.
RECEIVED = [*TAKEN, (YALA, "ReceiveLetterNotifier"), *BACK]
ACCEPTED = [(YALA, "AcceptLetterNotifier"), *BACK]


@pytest.fixture
async def both(ctx: Context, other: Context) -> AsyncIterator[tuple[Side, Side]]:
    async with sides(ctx, other) as found:
        yield found


async def exchange(sender: Side, receiver: Side) -> None:
    """Do what waits on both sides until nothing is left, some minutes apart."""
    for _ in range(6):
        for side in (sender, receiver):
            await side.send()
            await side.collect()
            await side.send()
            side.wait(minutes=5)


async def normal(sender: Side, receiver: Side) -> None:
    await sender.signs()
    await exchange(sender, receiver)
    await receiver.register()
    await exchange(sender, receiver)


async def send_anew(sender: Side) -> None:
    [letter] = await rows(sender.ctx, "SELECT id FROM eoffice.letter WHERE way = 'out'")
    await posting.send_more(await sender.sits(), letter["id"], sender.other)


async def refused(sender: Side, receiver: Side, *, misdirected: bool = False) -> None:
    await sender.signs()
    await exchange(sender, receiver)
    [letter] = await rows(receiver.ctx, "SELECT id FROM eoffice.letter WHERE way = 'in'")
    registry = await receiver.sits()
    await send_back(registry, letter["id"], "ไม่ใช่เรื่องของเรา", misdirected=misdirected)
    await exchange(sender, receiver)


async def rejected(sender: Side, receiver: Side) -> None:
    await refused(sender, receiver)
    await send_anew(sender)
    await exchange(sender, receiver)
    await receiver.register()
    await exchange(sender, receiver)


async def wrong_number(sender: Side, receiver: Side) -> None:
    await normal(sender, receiver)
    [sent] = await rows(sender.ctx, "SELECT id FROM eoffice.dispatch")
    await telling.doubt_number(await sender.sits(), sent["id"])
    await exchange(sender, receiver)
    [letter] = await rows(receiver.ctx, "SELECT id FROM eoffice.letter WHERE way = 'in'")
    await answering.tell_number(await receiver.sits(), letter["id"])
    await exchange(sender, receiver)


async def books(sender: Side, receiver: Side) -> dict[str, Any]:
    """Return all that a sequence leaves behind on both sides."""
    return {
        "sent": await sender.sent(),
        "told": await receiver.sent(),
        "letters": await receiver.states(),
        "send register": await sender.numbers("send"),
        "receive register": await receiver.numbers("receive"),
        "waiting": [*sender.node.queue, *receiver.node.queue],
    }


AFTER_NORMAL: dict[str, Any] = {
    "sent": [("letter", "accepted", "1")],
    "told": [("received", "sent", ""), ("accepted", "sent", "")],
    "letters": [(NUMBER, "registered")],
    "send register": [(1, NUMBER, NAMES[MAEHIA])],
    "receive register": [(1, NUMBER, NAMES[MAEHIA])],
    "waiting": [],
}
AFTER_REJECTED = AFTER_NORMAL | {
    "sent": [
        ("letter", "withdrawn", ""),
        ("letter", "accepted", "1"),
        ("withdrawn", "sent", ""),
    ],
    "told": [
        ("received", "sent", ""),
        ("rejected", "sent", ""),
        ("received", "sent", ""),
        ("accepted", "sent", ""),
    ],
    "letters": [(NUMBER, "returned"), (NUMBER, "registered")],
}
AFTER_WRONG_NUMBER = AFTER_NORMAL | {
    "sent": [("letter", "accepted", "1/2569"), ("wrong_number", "sent", "")],
    "told": [*AFTER_NORMAL["told"], ("accepted", "sent", "")],
}


async def test_a_letter_is_sent_received_registered_and_its_number_comes_back(
    both: tuple[Side, Side],
) -> None:
    await normal(*both)

    assert both[0].node.traffic == [*RECEIVED, *ACCEPTED]
    assert await books(*both) == AFTER_NORMAL


async def test_what_is_rejected_is_withdrawn_before_it_is_sent_anew(
    both: tuple[Side, Side],
) -> None:
    await rejected(*both)

    assert both[0].node.traffic == [
        *RECEIVED, (YALA, "RejectLetterNotifier"), *BACK,
        (MAEHIA, "withdraw"), *RECEIVED, *ACCEPTED,
    ]  # fmt: skip
    assert await books(*both) == AFTER_REJECTED
    assert len(await both[0].told("eoffice.dispatch.refused")) == 1


async def test_what_was_misdirected_is_withdrawn_there_and_goes_to_the_corrected_address(
    both: tuple[Side, Side],
) -> None:
    sender, receiver = both
    third = sender.node.directory[BETONG]
    await refused(sender, receiver, misdirected=True)
    states = await sender.sent()
    corrected = Entry(name=NAMES[BETONG], channel="ecms", department=BETONG)
    await correspondents.keep(sender.ctx, corrected, id=sender.other)
    await send_anew(sender)
    await exchange(sender, receiver)

    assert states == [("letter", "misdirected", "")]
    assert sender.node.traffic == [
        *RECEIVED, (YALA, "InvalidLetterNotifier"), *BACK,
        (MAEHIA, "withdraw"), (MAEHIA, "GovernmentDocument"),
    ]  # fmt: skip
    assert await sender.sent() == [
        ("letter", "withdrawn", ""), ("letter", "sent", ""), ("withdrawn", "sent", ""),
    ]  # fmt: skip
    assert await receiver.states() == [(NUMBER, "returned")]
    [(_, item)] = third.queue
    assert item.count(f"<ram:ID>{BETONG}<") == 1
    assert YALA not in item


async def test_a_number_that_is_wrong_is_doubted_and_told_again(both: tuple[Side, Side]) -> None:
    await wrong_number(*both)

    assert both[0].node.traffic == [
        *RECEIVED, *ACCEPTED, (MAEHIA, "InvalidAcceptIDNotifier"), (YALA, "poll"),
        (YALA, "delete"), *ACCEPTED,
    ]  # fmt: skip
    assert await books(*both) == AFTER_WRONG_NUMBER
    assert len(await both[1].told("eoffice.number.doubted")) == 1


SEQUENCES = {
    "A": (normal, AFTER_NORMAL),
    "B": (rejected, AFTER_REJECTED),
    "D": (wrong_number, AFTER_WRONG_NUMBER),
}


@pytest.mark.parametrize("first", [0, 1, 2])
@pytest.mark.parametrize("name", ["B", "D"])
async def test_dropped_answers_and_repeated_collection_change_nothing(
    both: tuple[Side, Side], name: str, first: int
) -> None:
    run, after = SEQUENCES[name]
    for side in both:
        side.node.faults = dict.fromkeys(range(first, 1_000, 3), "drop")
    await run(*both)
    for side in both:
        side.node.faults = {}
    await exchange(*both)

    assert await books(*both) == after


async def test_all_that_is_given_once_more_under_its_name_is_known(
    both: tuple[Side, Side],
) -> None:
    sender, receiver = both
    await sender.signs()
    await sender.send()
    again = list(receiver.node.queue)
    await exchange(sender, receiver)
    receiver.node.queue = again
    await receiver.collect()
    await exchange(sender, receiver)

    assert await receiver.states() == [(NUMBER, "arrived")]
    assert await receiver.sent() == [("received", "sent", "")]


async def test_what_stands_under_one_number_is_sent_one_after_another(
    both: tuple[Side, Side],
) -> None:
    sender, _ = both
    betong = Entry(name=NAMES[BETONG], channel="ecms", department=BETONG)
    more = await correspondents.keep(sender.ctx, betong)
    letter = await sender.signs()
    await posting.send_more(await sender.sits(), letter, more)

    locks = await rows(
        sender.ctx, "SELECT lock FROM procrastinate_jobs WHERE task_name = $1", dispatches.SEND
    )
    with pytest.raises(Conflict):
        await posting.send_more(await sender.sits(), letter, more)
    await sender.send()

    assert [row["lock"] for row in locks] == ["eoffice.send/maehia/ecms/ชม52001/1"] * 2
    assert await sender.sent() == [("letter", "sent", "")] * 2
