"""The audit trail on its way: every entry sealed, and checked with the keys of the municipality."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from core.audit.chain import GENESIS, Head, link
from core.audit.verify import Finding, verify
from core.handover.rows import Row
from core.keys import Keys

# What handing over itself writes.
EXPORTED, IMPORTED = "core.tenant.exported", "core.tenant.imported"


class Sealing:
    """Gives the entries that still wait for their seal the places that they would get.

    So the trail in the file has one signed end, and is sealed wherever it goes. One that was
    touched is left as it is.

    :param head: its signed end so far.
    """

    def __init__(self, keys: Keys, head: Head | None, now: datetime) -> None:
        self._keys = keys
        self._now = now
        self._seen = (0, GENESIS)
        self.head = head

    def seal(self, row: dict[str, str | None]) -> None:
        """Look at the next entry, and seal it where it is not."""
        if row["seq"] is not None:
            self._seen = (int(row["seq"]), _bytes(row["chain"]))
            return
        head = self.head
        if head is None or self._seen != (head.seq, head.chain):
            return
        seq = head.seq + 1
        chain = link(self._keys, head.chain, seq, _bytes(row["digest"]))
        row |= {"seq": str(seq), "chain": _text(chain)}
        self._seen = (seq, chain)
        made = Head(tenant=head.tenant, seq=seq, chain=chain, at=self._now)
        self.head = made.signed_with(self._keys)

    def end(self, row: dict[str, str | None]) -> None:
        """Write the end of the trail into its row."""
        if self.head is not None:
            row |= {
                "seq": str(self.head.seq),
                "chain": _text(self.head.chain),
                "at": f"{self.head.at:%Y-%m-%d %H:%M:%S.%f}".rstrip("0").rstrip(".") + "+00",
                "signature": _text(self.head.signature),
            }


def head_of(row: Mapping[str, str | None]) -> Head:
    """Return the signed end that a row of its table holds."""
    return Head(
        tenant=str(row["tenant_id"]),
        seq=int(row["seq"] or 0),
        chain=_bytes(row["chain"]),
        at=datetime.fromisoformat(str(row["at"])),
        signature=_bytes(row["signature"]),
    )


def check(
    keys: Keys, rows: Iterator[Row], *, head: Head | None, kept: Head | None, now: datetime
) -> Finding | None:
    """Return the first bad entry of a trail; None when all is as it was.

    :param rows: first the names of the columns, then entries in the order of the chain.
    :param kept: an end that was kept outside the database.
    """
    return verify(keys, _typed(rows), head=head, kept=kept, now=now)


def _typed(rows: Iterator[Row]) -> Iterator[dict[str, Any]]:
    """Yield entries as the database gives them."""
    names = next(rows)
    for row in rows:
        entry: dict[str, Any] = dict(zip(map(str, names), row, strict=True))
        try:
            entry["at"] = datetime.fromisoformat(entry["at"])
        except ValueError:
            entry["at"] = None  # no clock of ours shows such a moment
        entry["id"] = UUID(entry["id"])
        entry["seq"] = None if entry["seq"] is None else int(entry["seq"])
        entry["digest"] = _bytes(entry["digest"])
        entry["chain"] = None if entry["chain"] is None else _bytes(entry["chain"])
        yield entry


def _bytes(text: str | None) -> bytes:
    return bytes.fromhex((text or "")[2:])


def _text(data: bytes) -> str:
    return f"\\x{data.hex()}"
