"""Take what waits at the channels that the office has set up, every few minutes."""

from core.api import Context, InvalidInput, Text
from plugins.eoffice.rules.parcels import Arrived, Parcel, Refused, Unsent
from plugins.eoffice.service import channels
from plugins.eoffice.service.answering import known_by
from plugins.eoffice.service.taking import take

JOB = "eoffice.collect"


async def collect(ctx: Context) -> None:
    """Take what waits at each channel that is on; one that does not answer holds up none."""
    for code, row in (await channels.channels(ctx)).items():
        if row["active"]:
            await channels.note_round(ctx, code, await _collect_from(ctx, code))


async def _collect_from(ctx: Context, code: str) -> Text | None:
    """Take what waits at a channel; return why it gave no more, None where it gave all."""

    async def keep(arrived: Arrived) -> None:
        await _take(ctx, code, arrived)

    try:
        await (await channels.open_carrier(ctx, code)).collect(keep)
    except Unsent as problem:
        return problem.why
    return None


async def _take(ctx: Context, code: str, arrived: Arrived) -> None:
    """Keep what came; of a letter whose files cannot be kept, that it came.

    It would wait at the channel for ever otherwise, and all behind it.
    """
    sender = None if arrived.doubt else await known_by(ctx, code, arrived.content.sender)
    try:
        await take(ctx, code, arrived, sender=sender)
    except InvalidInput as refused:
        why = next(iter(refused.problems.values()))
        await take(ctx, code, _existence_of(arrived, why), sender=sender)


def _existence_of(arrived: Arrived, why: Text) -> Arrived:
    content = arrived.content
    if not isinstance(content, Parcel):
        return arrived
    refused = Refused(
        why=why,
        secret=content.secrecy != "normal",
        number=content.number,
        dated_on=content.dated_on,
        subject="" if content.secrecy != "normal" else content.subject,
        sender=content.sender,
        receiver=content.receiver,
    )
    return Arrived(key=arrived.key, content=refused)
