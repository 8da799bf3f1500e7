"""What was taken at a till on a day: its receipts, refunds and revenues."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, transaction
from kit.treasury.rules.quoting import quote
from kit.treasury.service.ledger import cash, cheque


class Takings(msgspec.Struct, frozen=True, kw_only=True):
    """Sums of a till's day, satang.

    :ivar receipts: id, no, number, payer_name, way, amount, cancelled_at, lines of each.
    :ivar cash: of receipts that stand.
    :ivar cheques: the same, paid by cheque.
    :ivar refunds: paid out in cash.
    :ivar revenues: of receipts that stand, by code of the revenue.
    """

    receipts: Sequence[dict[str, Any]]
    cash: int
    cheques: int
    refunds: int
    cancelled: int
    revenues: Mapping[str, int]

    @property
    def ranges(self) -> list[str]:
        """The receipts' numbers as ranges without gaps: ``1/0001/2570 - 1/0007/2570``."""
        return ranges((one["year"], one["number"], one["number"]) for one in self.receipts)


def ranges(numbers: Iterable[tuple[int, int, int]]) -> list[str]:
    """Return numbers of receipts as people write ranges; each gap begins another.

    :param numbers: fiscal year, first and last of numbers without a gap; in any order.
    """
    found: list[list[tuple[int, int]]] = []
    for year, first, last in sorted(numbers):
        if found and found[-1][1] == (year, first - 1):
            found[-1][1] = (year, last)
        else:
            found.append([(year, first), (year, last)])
    return [
        quote(*first) if first == last else f"{quote(*first)} - {quote(*last)}"
        for first, last in found
    ]


_RECEIPTS = """
SELECT r.id, r.year, r.number, r.payer_name, r.amount, r.cancelled_at, r.lines::text AS lines, p.way
FROM treasury.payment p
JOIN treasury.receipt r ON r.tenant_id = p.tenant_id AND r.payment_id = p.id
WHERE p.tenant_id = $1 AND p.on_day = $2 AND p.account = ANY($3) AND p.way <> 'bank'
  AND p.taken_by = $4
ORDER BY r.year, r.number
"""
_REFUNDS = """
SELECT coalesce(sum(amount), 0)::bigint FROM treasury.posting
WHERE tenant_id = $1 AND on_day = $2 AND kind = 'refund' AND credit = $3 AND actor = $4
"""


async def takings_of(ctx: Context, *, till: str, day: date, collector: UUID) -> Takings:
    """Return what a collector took at a till on a day, as the receipts stand now."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            _RECEIPTS, ctx.tenant.id, day, [cash(till), cheque(till)], collector
        )
        refunds = await connection.fetchval(_REFUNDS, ctx.tenant.id, day, cash(till), collector)
    receipts = [
        dict(row)
        | {"no": quote(row["year"], row["number"]), "lines": msgspec.json.decode(row["lines"])}
        for row in rows
    ]
    standing = [one for one in receipts if one["cancelled_at"] is None]
    return Takings(
        receipts=receipts,
        cash=sum(one["amount"] for one in standing if one["way"] != "cheque"),
        cheques=sum(one["amount"] for one in standing if one["way"] == "cheque"),
        refunds=refunds,
        cancelled=len(receipts) - len(standing),
        revenues=_revenues(standing),
    )


def _revenues(receipts: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in receipts:
        for line in one["lines"]:
            sums[line["revenue"]] = sums.get(line["revenue"], 0) + line["amount"]
    return dict(sorted(sums.items()))
