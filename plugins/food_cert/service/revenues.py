"""Kinds of revenue from food premises, and in whose name the treasury books them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from core.api import Context, Text, transaction
from kit.treasury import Revenue, Who, keep_payers
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE

SOURCE = "food_cert"
# The digits begin the references of bills; an office keeps one list of them.
YEARLY: Mapping[str, Revenue] = {
    CERTIFICATE: Revenue(
        code="food_cert.certificate",
        title=Text("ค่าธรรมเนียมหนังสือรับรองการแจ้งสถานที่อาหาร", "Fee for certificates of food premises"),
        kind="06",
    ),
    LICENCE: Revenue(
        code="food_cert.licence",
        title=Text("ค่าธรรมเนียมใบอนุญาตสถานที่อาหาร", "Fee for licences of food premises"),
        kind="07",
    ),
}
SURCHARGE = Revenue(
    code="food_cert.surcharge",
    title=Text("ค่าปรับเพิ่มค่าธรรมเนียมสถานที่อาหาร", "Surcharge of overdue fees of food premises"),
    kind="08",
)
REVENUES = (*YEARLY.values(), SURCHARGE)


def subject_of(place: UUID) -> str:
    """Return what bills of a place are for, as the treasury keeps it."""
    return f"place/{place}"


def by_law(ctx: Context) -> Context:
    """Return the same hands as those of the system: the law itself lets off or takes back.

    The treasury asks nobody to approve what follows from the law or from an act of the office.
    """
    return replace(ctx, actor=replace(ctx.actor, kind="system"))


_KEEP = """
UPDATE food_cert.place p SET payer = w.payer FROM unnest($2::uuid[], $3::uuid[]) AS w(id, payer)
WHERE p.tenant_id = $1 AND p.id = w.id AND p.payer IS DISTINCT FROM w.payer
"""


async def payers_of(ctx: Context, places: Sequence[Mapping[str, Any]]) -> dict[UUID, UUID]:
    """Return the treasury's payer of each place, brought up to date with its holder.

    :param places: with id, holder, address, phone and account.
    """
    known = {one["id"]: one for one in places}
    whos = [
        Who(
            source=SOURCE,
            subject=subject_of(id),
            name=one["holder"],
            address=one["address"],
            account=one["account"],
            phone=one["phone"] or None,
        )
        for id, one in known.items()
    ]
    async with transaction(ctx) as connection:
        payers = await keep_payers(ctx, whos)
        await connection.execute(_KEEP, ctx.tenant.id, list(known), payers)
    return dict(zip(known, payers, strict=True))
