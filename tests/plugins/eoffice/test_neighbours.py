from typing import Any
from uuid import UUID

import pytest

from core.context import Context
from core.errors import Conflict
from plugins.eoffice.rules.envelopes import check, read_receipt, unpack
from plugins.eoffice.service import (
    arrivals,
    correspondents,
    dispatches,
    posting,
    receiving,
    returning,
)
from plugins.eoffice.service.files import files_of, read_file
from plugins.eoffice.service.receiving import Head
from plugins.eoffice.service.seals import public_key
from tests.plugins.eoffice.conftest import TownHall, rows, staffed
from tests.plugins.eoffice.letters import drafted, signed
from tests.plugins.eoffice.working import work


@pytest.fixture
async def there(other: Context) -> TownHall:
    return await staffed(other)


@pytest.fixture
async def agency(hall: TownHall, there: TownHall) -> UUID:
    entry = correspondents.Entry(name="เทศบาลนครยะลา", channel="neighbour", neighbour="yala")
    return await correspondents.keep(hall.ctx, entry)


async def pump(*halls: TownHall, twice: bool = False) -> None:
    """Do what is due at both offices, there and back."""
    for _ in range(3):
        for hall in halls:
            await work(hall.ctx, twice=twice)


def as_it_says(letter: Any, **more: Any) -> Head:
    names = ("number", "dated_on", "sender", "recipient", "subject")
    return Head(**{name: letter[name] for name in names}, first="clerk", **more)


@pytest.mark.parametrize("twice", [False, True])
async def test_a_letter_is_there_at_once_with_its_files_and_its_number_comes_back(
    hall: TownHall, there: TownHall, agency: UUID, twice: bool
) -> None:
    letter = await signed(hall, to=(str(agency),))
    await pump(hall, there, twice=twice)

    registry = await there.sits("registry")
    [came] = await arrivals.arrivals(registry)
    await receiving.register(registry, came["id"], as_it_says(came))
    await pump(hall, there, twice=twice)

    [sent] = [one for one in await dispatches.dispatches_of(hall.ctx, letter)]
    [ours] = [one for one in await files_of(hall.ctx, letter) if one["role"] == "signed"]
    theirs = {one["role"]: one for one in await files_of(there.ctx, came["id"])}
    raw, _, _ = await read_file(there.ctx, came["id"], theirs["main"]["id"])
    kept, _, _ = await read_file(hall.ctx, letter, ours["id"])
    assert (sent["state"], sent["accept_number"]) == ("accepted", "1")
    assert raw == kept
    assert came["number"] == "ชม 52001/1"
    check(unpack(sent["proof"]), await public_key(there.ctx))
    assert read_receipt(unpack(sent["proof"])).id == str(sent["id"])
    known = await correspondents.find(there.ctx, neighbour="maehia")
    assert known is not None
    assert known["key"] == await public_key(hall.ctx)
    for ctx, count in ((hall.ctx, 1), (there.ctx, 1)):
        [found] = await rows(
            ctx, "SELECT count(*) FROM eoffice.letter WHERE tenant_id = $1", ctx.tenant.id
        )
        assert found["count"] == count


async def test_a_letter_that_is_not_taken_says_why_and_is_sent_again_elsewhere(
    hall: TownHall, there: TownHall, agency: UUID
) -> None:
    letter = await signed(hall, to=(str(agency),))
    await pump(hall, there)
    registry = await there.sits("registry")
    [came] = await arrivals.arrivals(registry)

    await returning.send_back(registry, came["id"], "เป็นของจังหวัด", misdirected=True)
    await pump(hall, there)
    await posting.send_more(await hall.sits("registry"), letter, agency)
    await pump(hall, there)

    first, second = await dispatches.dispatches_of(hall.ctx, letter)
    assert (first["state"], first["why"]) == ("misdirected", "เป็นของจังหวัด")
    assert second["state"] == "received"
    assert len(await arrivals.arrivals(registry)) == 1


async def test_an_unsigned_letter_goes_nowhere(hall: TownHall, agency: UUID) -> None:
    letter = await drafted(hall, to=(str(agency),))

    with pytest.raises(Conflict, match="Only a signed letter"):
        await posting.send_more(await hall.sits("registry"), letter, agency)
    assert await work(hall.ctx) is None
