"""Before a licence ends: whom a letter about its renewal goes to, and when its holder is reminded.

Law: Public Health Act B.E. 2535, s. 55: a renewal is asked before the licence ends; who has asked
and paid may go on until it is refused. No law asks the office to write or to remind.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from core.api import Text
from plugins.food_cert.rules.places import LICENCE, State

# A place of which the licence can be renewed; one that was suspended is run again afterwards.
RENEWABLE = frozenset({State.VALID, State.SUSPENDED})
SPAN, LONGEST_SPAN = 60, 365  # days
AGAIN = 30  # days

RENEWING, RECENT, CHANGED, ENDED = "renewing", "recent", "changed", "ended"
REASONS: Mapping[str, Text] = {
    RENEWING: Text("ยื่นต่ออายุแล้ว", "Renewal was asked already"),
    RECENT: Text("มีหนังสือถึงผู้นี้แล้วภายใน {days} วัน", "Written to within the last {days} days"),
    CHANGED: Text("ทะเบียนเปลี่ยนไปหลังการนับ", "The register changed since the count"),
    ENDED: Text("ใบอนุญาตหมดอายุแล้ว ต่ออายุไม่ได้", "The licence has ended and cannot be renewed"),
}


def no_letter(place: Mapping[str, Any], until: date, last: date | None, today: date) -> str:
    """Return why no letter goes to who holds a licence, a key of ``REASONS``; "" for none.

    :param place: of the register, as it stands now.
    :param until: the last day of the licence when it was counted.
    :param last: when the last letter about this place was made.
    """
    if place["renewing"]:
        return RENEWING
    renewable = place["state"] in RENEWABLE and place["instrument"] == LICENCE
    if not renewable or place["until"] != until:
        return CHANGED
    if until < today:
        return ENDED
    return RECENT if last and last > today - timedelta(AGAIN) else ""


def turn_of(until: date, issued_on: date | None, today: date, days: Sequence[int]) -> int | None:
    """Return which of the reminders is the one of today; None for none.

    The nearest that has begun, so that one that a standing worker has missed is made up for, and
    two never come at once. One whose day was before the licence was issued does not come at all.

    :param until: the last day of the licence.
    :param days: before that day.
    """
    left, begins = (until - today).days, issued_on or date.min
    return min((n for n in days if 0 <= left <= n and until - timedelta(n) >= begins), default=None)
