"""What banks say and what came of it, as values that the rooms of noting share."""

from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from core.api import new_id
from kit.treasury.banking.statement import Line


class Told(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something that a bank said.

    :param key: up to 200 characters; the same is noted once. Empty for a line of a file, whose id
        is made of what it says, see ``pieces``.
    :param undone: the key of what would take it back, or of what it takes back; may be empty.
    """

    line: Line
    key: str = ""
    id: UUID = msgspec.field(default_factory=new_id)
    undone: str = ""


class Credits(NamedTuple):
    """Payments that a bank tells of, column by column, as the statement takes them.

    :ivar keys: empty for lines of a file, and so are ``told``, ``undone``.
    :ivar at: seconds of Unix time.
    :ivar alone: whether no other of them has the same reference.
    """

    ids: Sequence[UUID | str]
    keys: Sequence[str]
    amounts: Sequence[int]
    at: Sequence[int]
    days: Sequence[Any]
    ref1: Sequence[str]
    ref2: Sequence[str]
    ref3: Sequence[str]
    payers: Sequence[str]
    told: Sequence[str]
    places: Sequence[int]
    alone: Sequence[bool]
    billers: Sequence[str]
    undone: Sequence[str] = ()

    @classmethod
    def of(cls, told: Sequence[Told], zone: tzinfo) -> "Credits":
        """Return single ones as columns.

        :param zone: of the municipality, whose day it is.
        """
        lines = [one.line for one in told]
        return cls(
            ids=[one.id for one in told],
            keys=[one.key for one in told],
            amounts=[line.amount for line in lines],
            at=[int(line.paid_at.timestamp()) for line in lines],
            days=[line.paid_at.astimezone(zone).date() for line in lines],
            ref1=[line.ref1 for line in lines],
            ref2=[line.ref2 for line in lines],
            ref3=[line.ref3 for line in lines],
            payers=[line.payer for line in lines],
            told=[line.raw.rstrip() for line in lines],
            places=[line.sequence for line in lines],
            alone=alone([line.ref1 for line in lines]),
            billers=[line.biller for line in lines],
            undone=[one.undone for one in told],
        )


def alone(references: Sequence[str]) -> list[bool]:
    """Return of each whether it comes once."""
    many = Counter(references)
    return [many[one] == 1 for one in references]


class Noted(msgspec.Struct, kw_only=True):
    """What came of what was said, counted; ``known`` and ``contradicted`` are ids.

    :ivar made: payments that are new.
    :ivar confirmed: provisional ones that are certain now, or certain ones said again.
    :ivar settled: bills that were paid to the satang by one payment.
    :ivar unpaired: reversals of payments that nobody knows.
    :ivar waits: how many wait in suspense from the start, by reason.
    :ivar receipts: how many were issued.
    """

    known: list[UUID] = msgspec.field(default_factory=list)
    contradicted: list[UUID] = msgspec.field(default_factory=list)
    made: int = 0
    confirmed: int = 0
    settled: int = 0
    taken_back: int = 0
    unpaired: int = 0
    waits: dict[str, int] = msgspec.field(default_factory=dict)
    receipts: int = 0
