"""What money came and went within some days, by account and by revenue, from the postings alone."""

from collections.abc import Mapping
from datetime import date

import msgspec

from core.api import Context, transaction
from kit.treasury.service.ledger import REFUNDS, SUSPENSE

# Where money of payments is; ``vault`` is what tills have handed over.
PLACES = ("cash", "cheque", "bank", "transit", "vault")


class Flows(msgspec.Struct, frozen=True, kw_only=True):
    """Sums of some days, satang; what came is positive.

    :ivar accounts: net of every account that holds money of payments.
    :ivar revenues: what the money paid, by code of the revenue.
    :ivar waiting: how much more waits in suspense.
    :ivar owed_back: how much more is granted to be given back than was paid out.
    """

    accounts: Mapping[str, int]
    revenues: Mapping[str, int]
    waiting: int
    owed_back: int

    @property
    def cash(self) -> int:
        """Cash in tills."""
        return self._of("cash")

    @property
    def cheques(self) -> int:
        """Cheques, less those that came back, from tills or out of the treasury's hands."""
        return self._of("cheque", "vault")

    @property
    def banks(self) -> int:
        """Money at banks, and said to be there."""
        return self._of("bank", "transit")

    def _of(self, *kinds: str) -> int:
        return sum(
            amount
            for account, amount in self.accounts.items()
            if account.partition("/")[0] in kinds
        )

    @property
    def total(self) -> int:
        """All money; always the sum of revenues, of what waits, and of what is owed back."""
        return sum(self.accounts.values())


# A bank may take money back before anybody knows of which payment it is.
_ACCOUNTS = """
SELECT account, sum(amount)::bigint AS amount FROM (
  SELECT debit AS account, amount FROM treasury.posting
  WHERE tenant_id = $1 AND on_day BETWEEN $2 AND $3
    AND (payment_id IS NOT NULL OR credit LIKE 'bank/%' OR debit LIKE 'bank/%')
  UNION ALL SELECT credit, -amount FROM treasury.posting
  WHERE tenant_id = $1 AND on_day BETWEEN $2 AND $3
    AND (payment_id IS NOT NULL OR credit LIKE 'bank/%' OR debit LIKE 'bank/%')
) AS sides GROUP BY account ORDER BY account
"""
_REVENUES = """
SELECT c.revenue, sum(CASE p.credit WHEN 'receivable' THEN p.amount ELSE -p.amount END)::bigint
  AS amount
FROM treasury.posting p
JOIN treasury.charge c ON c.tenant_id = p.tenant_id AND c.id = p.charge_id
WHERE p.tenant_id = $1 AND p.on_day BETWEEN $2 AND $3 AND p.payment_id IS NOT NULL
GROUP BY c.revenue ORDER BY c.revenue
"""


async def flows(ctx: Context, first: date, last: date) -> Flows:
    """Return what money came and went from one day to another, both within."""
    async with transaction(ctx) as connection:
        accounts = await connection.fetch(_ACCOUNTS, ctx.tenant.id, first, last)
        revenues = await connection.fetch(_REVENUES, ctx.tenant.id, first, last)
    sums = {row["account"]: row["amount"] for row in accounts}
    return Flows(
        accounts={
            account: amount
            for account, amount in sums.items()
            if account.partition("/")[0] in PLACES and amount
        },
        revenues={row["revenue"]: row["amount"] for row in revenues if row["amount"]},
        waiting=-sums.get(SUSPENSE, 0),
        owed_back=-sums.get(REFUNDS, 0),
    )
