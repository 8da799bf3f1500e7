"""Do not take a letter that has arrived: it goes back with the reason, and is kept."""

from uuid import UUID

from core.api import Conflict, Context, need, read_reason, transaction
from plugins.eoffice.rules.parcels import NoteKind
from plugins.eoffice.rules.states import State
from plugins.eoffice.service import answering
from plugins.eoffice.service.access import record
from plugins.eoffice.service.arrivals import MOVED, get_arrival
from plugins.eoffice.service.rights import REGISTER
from plugins.eoffice.tables.letters import Letter


async def send_back(ctx: Context, letter: UUID, why: str, *, misdirected: bool = False) -> None:
    """Do not take a letter: it gets no number and is kept, and its sender is told.

    :param misdirected: it is another agency's.
    :raises Conflict: it was registered or sent back meanwhile.
    """
    need(ctx, REGISTER)
    reason = read_reason(why)
    arrival = await get_arrival(ctx, letter)
    came = await answering.arrival_of(ctx, letter)
    async with transaction(ctx):
        moved = (
            await Letter.update({Letter.state: State.RETURNED, Letter.closed_on: ctx.today})
            .where(Letter.of(ctx), Letter.id == letter, Letter.state == State.ARRIVED)
            .returning(Letter.id)
        )
        if not moved:
            raise Conflict(MOVED)
        if came is not None:
            kind: NoteKind = "misdirected" if misdirected else "rejected"
            await answering.answer(ctx, letter, came, kind, why=reason)
        await record(ctx, "eoffice.letter.refused", arrival, why=reason)
