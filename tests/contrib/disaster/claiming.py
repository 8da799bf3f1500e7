"""Claims for aid, as tests make them."""

from typing import Any
from uuid import UUID

from contrib.disaster.rules.claim_form import Asked
from contrib.disaster.rules.valuing import Damage
from contrib.disaster.service import appraising, claims, resolving
from core.context import Context


def wanted(ctx: Context, house: int = 1, **more: Any) -> Asked:
    """Return a claim for living aid of a house, where nothing else is said."""
    given: dict[str, Any] = {
        "kind": "flood",
        "happened_on": ctx.today,
        "scheme": "living",
        "house_code": f"{95010000000 + house}",
        "address": f"{house} ถนนริมน้ำ",
        "village": "ตลาดเก่า",
        "pin": None,
        "members": 4,
        "bank": "030",
        "account": f"{20000000000 + house}",
        "account_name": f"นางแมะ {house}",
        "told": {"house": "part", "days": 10, "losses": ""},
    }
    return Asked(**(given | more))


async def claimed(ctx: Context, house: int = 1, **more: Any) -> UUID:
    return await claims.enter(ctx, wanted(ctx, house, **more), name="นางแมะ", phone="+66812345678")


async def approved(ctx: Context, event: UUID, count: int = 1) -> list[UUID]:
    """Claim, value and resolve for so many houses."""
    ids = [await claimed(ctx, house) for house in range(1, count + 1)]
    for id in ids:
        await appraising.appraise(ctx, id, Damage(house="part", days=10), [], revision=1)
    known: dict[str, Any] = {"committee": "local", "number": "3/2569", "resolved_on": ctx.today}
    await resolving.resolve(ctx, event, ids, **known)
    return ids


def said_by_bank(file: bytes, refused: dict[int, str] | None = None) -> bytes:
    """Return what the bank says of a file: all is paid but some turns, with their reasons."""
    lines = file.decode("utf-8-sig").splitlines()
    said = ["เลขอ้างอิง,จำนวนเงิน,ผล,เหตุผล,วันที่โอน"]
    for line in lines[1:-1]:
        turn, reference, _, _, _, amount = line.split(",")
        why = (refused or {}).get(int(turn))
        said.append(f"{reference},{amount},{'ไม่สำเร็จ' if why else 'สำเร็จ'},{why or ''},20/11/2569")
    return "\n".join(said).encode()
