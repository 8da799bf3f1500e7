"""The slip with the number of a place in the queue."""

from uuid import UUID

from core.api import Context, Text
from kit.documents import Paper, Scan, print_at_once, scan, stamp
from kit.thai import clock_time, full_moment
from plugins.oss.service import queue

_TITLE = Text("บัตรคิว", "Ticket")
_AHEAD = Text(
    "รออีก {count} คิว ประมาณ {minutes} นาที", "Before you: {count}, about {minutes} minutes"
)
_DUE = Text("นัด {time}", "Booked for {time}")


class Slip(Paper, frozen=True, kw_only=True):
    """What stands on the slip.

    :param kind: what the person comes for.
    :param ahead: how many wait before, and how long it will take.
    :param due: of an appointment its time; empty for who walks in.
    :param follow: where to see who is called.
    """

    kind: str
    ahead: str
    due: str
    follow: Scan | None


async def print_ticket(ctx: Context, id: UUID) -> bytes:
    """Return the slip of a ticket of today as a PDF, 80 mm wide.

    :raises NotFound: there is none.
    """
    place = await queue.find_ticket(ctx, id)
    wait = await queue.ahead_of(ctx, place)
    base = stamp(ctx, number=place.name, verify=None)
    base["date"] = full_moment(place.issued_at, "th")
    slip = Slip(
        **base,
        title=_TITLE.th,
        kind=place.kind.th,
        ahead=_AHEAD.format(count=wait.count, minutes=wait.minutes).th,
        due=_DUE.format(time=clock_time(place.due_at, "th")).th if place.series == "B" else "",
        follow=scan(ctx, "/queue", ""),
    )
    return await print_at_once(ctx, "oss/ticket.typ", slip)
