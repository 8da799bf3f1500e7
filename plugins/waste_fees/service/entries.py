"""What is written of a point: its row, the rows of its changes, its payer."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, new_id
from kit.documents import new_code
from kit.treasury import Who
from plugins.waste_fees.rules.register import Facts, What

SOURCE = "waste_fees"


def who(id: UUID, values: Mapping[str, Any]) -> Who:
    """Return a payer as the treasury is told of it."""
    return Who(
        source=SOURCE,
        subject=f"payer/{id}",
        name=values["payer_name"],
        address=values.get("payer_address") or values["address"],
        phone=values.get("payer_phone") or None,
    )


def point_row(ctx: Context, id: UUID, number: int, facts: Facts, since: date) -> dict[str, Any]:
    """Return the row of a new point."""
    return {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "number": number,
        "code": new_code(),
        "since": since,
        "facts_on": since,
        "changed_at": ctx.now,
        **msgspec.structs.asdict(facts),
        "payer": UUID(facts.payer),
    }


def change_row(
    ctx: Context,
    point: UUID,
    what: What,
    facts: Facts,
    from_on: date,
    why: str,
    case: UUID | None = None,
) -> dict[str, Any]:
    """Return the row of a change."""
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "point_id": point,
        "from_on": from_on,
        "what": what,
        "facts": msgspec.to_builtins(facts),
        "why": why,
        "case_id": case,
        "at": ctx.now,
        "actor": ctx.actor.id,
        "actor_name": ctx.actor.name,
    }
