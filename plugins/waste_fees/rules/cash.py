"""What a collector tells of cash that was taken at a house."""

from datetime import datetime
from uuid import UUID

import msgspec


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, and what the device adds.

    :param point: number of the point, or the code of its sticker.
    :param amount: satang.
    :param tendered: satang.
    :param slip: number of the paper that was given at the door; or empty.
    :param bill: of the list that was taken along; None without one.
    :param seen: satang that this list said was owed; None without one.
    :param said_at: aware; when it was taken, by the device; None from a page without a script.
    """

    point: str
    amount: int
    tendered: int
    slip: str = ""
    bill: UUID | None = None
    seen: int | None = None
    said_at: datetime | None = None
