"""Which bill money may be meant for that came under a reference nobody knows."""

from collections.abc import Iterator
from typing import Any

from core.api import Context, Text, transaction
from kit.treasury.codes.references import LENGTH, check_digit

MOST = 5
DIGITS = "0123456789"

NEAR = Text("เลขอ้างอิงต่างกันตัวเดียว", "Its reference differs by one digit")
NAME = Text("ชื่อผู้ชำระตรงกัน", "The payer has the same name")
AMOUNT = Text("ยอดค้างเท่ากัน", "The same amount is owed")

_FIELDS = "b.id, b.ref1, b.title_th, b.title_en, b.payer_name, b.owed, b.due_on"
_NEAR = f"""
SELECT {_FIELDS} FROM treasury.bill b
WHERE b.tenant_id = $1 AND b.ref1 = ANY($2) AND b.state = 'open'
ORDER BY b.owed = $3 DESC, b.due_on LIMIT $4
"""  # noqa: S608 - our own words
_NAME = f"""
SELECT {_FIELDS} FROM treasury.payer y
JOIN treasury.bill b ON b.tenant_id = $1 AND b.payer_id = y.id
WHERE y.tenant_id = $1 AND y.name = $2 AND b.state = 'open'
ORDER BY b.owed = $3 DESC, b.due_on LIMIT $4
"""  # noqa: S608 - our own words
_AMOUNT = f"""
SELECT {_FIELDS} FROM treasury.bill b
WHERE b.tenant_id = $1 AND b.state = 'open' AND b.owed = $2
ORDER BY b.due_on, b.id LIMIT $3
"""  # noqa: S608 - our own words


async def suggestions(ctx: Context, payment: dict[str, Any]) -> list[dict[str, Any]]:
    """Return open bills that a payment may be meant for, the likeliest first, and ``why``.

    :param payment: as ``suspense.read`` gives it.
    """
    tenant, amount = ctx.tenant.id, payment["left"]
    found: dict[Any, dict[str, Any]] = {}
    async with transaction(ctx) as connection:
        near = list(slips(payment["ref1"]))
        asked = [(NEAR, await connection.fetch(_NEAR, tenant, near, amount, MOST))] if near else []
        if payment["payer_name"]:
            rows = await connection.fetch(_NAME, tenant, payment["payer_name"], amount, MOST)
            asked.append((NAME, rows))
        asked.append((AMOUNT, await connection.fetch(_AMOUNT, tenant, amount, MOST)))
    for why, rows in asked:
        for row in rows:
            found.setdefault(row["id"], dict(row) | {"why": []})["why"].append(why)
    return sorted(found.values(), key=lambda one: -len(one["why"]))


def slips(ref1: str) -> Iterator[str]:
    """Yield the references of which one slip of a hand makes ``ref1``.

    A slip is a wrong digit, two neighbours swapped, a digit left out or typed twice.
    """
    if not (ref1.isascii() and ref1.isdigit()):
        return
    if len(ref1) == LENGTH:
        tries = [
            *(ref1[:n] + d + ref1[n + 1 :] for n in range(LENGTH) for d in DIGITS),
            *(ref1[:n] + ref1[n + 1] + ref1[n] + ref1[n + 2 :] for n in range(LENGTH - 1)),
        ]
    elif len(ref1) == LENGTH - 1:
        tries = [ref1[:n] + d + ref1[n:] for n in range(LENGTH) for d in DIGITS]
    elif len(ref1) == LENGTH + 1:
        tries = [ref1[:n] + ref1[n + 1 :] for n in range(LENGTH + 1)]
    else:
        return
    yield from sorted({one for one in tries if one != ref1 and check_digit(one) == "0"})
