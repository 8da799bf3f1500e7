"""Find the first entry of a trail that was touched after it was written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.audit.chain import GENESIS, Head, digest, link, public_key
from core.keys import Keys

# An entry is sealed within a second or two; the rest is patience with a worker that restarts.
PATIENCE = timedelta(minutes=1)

Row = Mapping[str, Any]


class Wrong(StrEnum):
    """What can be wrong, in the words of the report."""

    EDITED = "its contents are not those that were written: edited, or inserted by hand"
    DELETED = "it is missing: deleted"
    MOVED = "it is genuine but was not sealed at this place: swapped, renumbered or copied"
    TRUNCATED = "it and all after it are missing: the end was cut off"
    UNSEALED = "it has waited too long for its seal: the worker does not run, or was kept from it"
    HEAD = "the signed head is missing, edited, or older than the entries"
    REWRITTEN = "the chain was made anew with the secret: it does not lead to the head kept outside"


@dataclass(frozen=True, slots=True)
class Finding:
    """The first bad entry.

    :param seq: its number, or the number at which it should be; None when it has none.
    :param id: None when it is not there any more.
    """

    wrong: Wrong
    seq: int | None = None
    id: UUID | None = None

    def __str__(self) -> str:
        which = f"entry {self.seq}" if self.seq is not None else "an entry without a number"
        return f"{which}{f' ({self.id})' if self.id else ''}: {self.wrong}"


def verify(
    keys: Keys,
    rows: Iterable[Row],
    *,
    head: Head | None,
    kept: Head | None = None,
    now: datetime,
) -> Finding | None:
    """Return the first bad entry of one municipality's trail; None when all is as it was.

    :param rows: the columns of ``core.audit_entry``, ``detail`` as text: first the sealed
        ones by ``seq``, then those without. They are read once, in the order given.
    :param head: the one in the database, read at the same moment; None: there is none.
    :param kept: one that was kept elsewhere, now or long ago.
    """
    walk = _Walk(keys, kept, now)
    for row in rows:
        finding = walk.step(row)
        if finding is not None:
            return finding
    return walk.finish(head)


class _Walk:
    """How far the chain has been followed."""

    def __init__(self, keys: Keys, kept: Head | None, now: datetime) -> None:
        self._keys = keys
        self._key = public_key(keys)
        self._forged = kept is not None and not kept.is_signed_by(self._key)
        self._kept = None if self._forged else kept
        self._now = now
        self._seq = 0
        self._chain = GENESIS

    def step(self, row: Row) -> Finding | None:
        """Look at the next entry."""
        seq, id = row["seq"], row["id"]
        if seq is not None and seq > self._seq + 1:
            return Finding(Wrong.DELETED, self._seq + 1)
        if digest(self._keys, row) != row["digest"]:
            return Finding(Wrong.EDITED, seq, id)
        if seq is None:
            return self._wait(row)
        chain = link(self._keys, self._chain, self._seq + 1, row["digest"])
        if seq <= self._seq or chain != row["chain"]:
            return Finding(Wrong.MOVED, seq, id)
        self._seq, self._chain = seq, chain
        kept = self._kept
        if kept is not None and kept.seq == seq and kept.chain != chain:
            return Finding(Wrong.REWRITTEN, seq, id)
        return None

    def _wait(self, row: Row) -> Finding | None:
        """Look at an entry that is not sealed yet."""
        if row["chain"] is not None:
            return Finding(Wrong.MOVED, None, row["id"])
        if self._now - written_at(row["id"]) > PATIENCE:
            return Finding(Wrong.UNSEALED, None, row["id"])
        return None

    def finish(self, head: Head | None) -> Finding | None:
        """Look at the end."""
        forged = self._forged or (head is not None and not head.is_signed_by(self._key))
        ends = [one.seq for one in (head, self._kept) if one is not None]
        if not forged and max(ends, default=0) > self._seq:
            return Finding(Wrong.TRUNCATED, self._seq + 1)
        where = (0, GENESIS) if head is None else (head.seq, head.chain)
        if forged or where != (self._seq, self._chain):
            return Finding(Wrong.HEAD, self._seq)
        return None


def written_at(id: UUID) -> datetime:
    """Return the moment that an entry's id carries, aware, UTC."""
    return datetime.fromtimestamp((id.int >> 80) / 1000, UTC)
