"""What fees are reckoned from, of many points at once: facts, privileges, meters, tariffs."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec

from core.api import Context, transaction
from plugins.waste_fees.rules.fees import Fee, Held, fee_of
from plugins.waste_fees.rules.register import Facts, Since
from plugins.waste_fees.rules.tariffs import Tariff
from plugins.waste_fees.service.tariffs import FoundKind, tariffs_of

_FACTS = """
SELECT point_id, from_on, facts FROM waste_fees.change
WHERE tenant_id = $1 AND point_id = ANY($2) ORDER BY point_id, from_on, id
"""
_HELD = """
SELECT point_id, programme, from_on, until_on FROM waste_fees.privilege
WHERE tenant_id = $1 AND point_id = ANY($2) AND kind = $3
"""
_USED = """
SELECT point_id, month, after - before AS units FROM waste_fees.reading
WHERE tenant_id = $1 AND point_id = ANY($2) AND kind = $3
"""
_facts = msgspec.json.Decoder(Facts)


class Known(msgspec.Struct, frozen=True):
    """What is known of some points as far as one fee goes."""

    kind: FoundKind
    tariffs: Sequence[Tariff]
    histories: Mapping[UUID, list[Since]]
    held: Mapping[UUID, list[Held]]
    used: Mapping[UUID, dict[date, int]]

    def fee(self, point: UUID, month: date) -> Fee:
        """Return what a point owes for a month."""
        return fee_of(
            self.kind.how,
            self.tariffs,
            month=month,
            history=self.histories.get(point, ()),
            held=self.held.get(point, ()),
            used=self.used.get(point),
        )


async def known_of(ctx: Context, kind: FoundKind, points: Sequence[UUID]) -> Known:
    """Return what the fee of some points is reckoned from."""
    histories: dict[UUID, list[Since]] = {}
    held: dict[UUID, list[Held]] = {}
    used: dict[UUID, dict[date, int]] = {}
    ids = list(points)
    async with transaction(ctx) as connection:
        tariffs = await tariffs_of(ctx, kind.code)
        for point, from_on, facts in await connection.fetch(_FACTS, ctx.tenant.id, ids):
            histories.setdefault(point, []).append(Since(from_on, _facts.decode(facts)))
        for point, *rest in await connection.fetch(_HELD, ctx.tenant.id, ids, kind.code):
            held.setdefault(point, []).append(Held(*rest))
        if kind.measure == "metered":
            for row in await connection.fetch(_USED, ctx.tenant.id, ids, kind.code):
                used.setdefault(row["point_id"], {})[row["month"]] = row["units"]
    return Known(kind, tariffs, histories, held, used)
