"""What stands before the number of a division's letters (รหัสตัวพยัญชนะและเลขประจำของเจ้าของเรื่อง).

Law: codes are given out by the province; they are never reckoned, only kept.
"""

import re
from collections.abc import Mapping

from core.api import Context, InvalidInput, Text, add, audit, need, transaction
from plugins.eoffice.service.rights import SETTINGS
from plugins.eoffice.tables.registers import LetterCode

_FORM = re.compile(r"[ก-ฮ]{1,4} [0-9]{1,6}(\.[0-9]{1,3})*")
_ODD = Text(
    "รหัสเป็นอักษรย่อจังหวัด เว้นวรรค แล้วตามด้วยเลข เช่น ชม 52001.1",
    "A code is the Thai letters of the province, a space and digits such as 52001.1.",
)
_NONE = Text(
    "ยังไม่ได้ตั้งรหัสหนังสือของส่วนราชการนี้ ให้ผู้ดูแลงานสารบรรณตั้งก่อนลงนาม",
    "This division has no letter code yet. Have it set before signing.",
)


async def codes(ctx: Context) -> Mapping[str, str]:
    """Return the codes by division, under "" that of the whole office."""
    async with transaction(ctx):
        rows = await LetterCode.select().where(LetterCode.of(ctx))
    return {row["unit"]: row["code"] for row in rows}


async def code_of(ctx: Context, unit: str) -> tuple[str, str]:
    """Return by which code and in whose register a division's letters get their numbers.

    A division with a code of its own counts in a register of its own; others in the office's.

    :returns: the code, and the division or "".
    :raises InvalidInput: for ``code``: neither the division nor the office has one.
    """
    known = await codes(ctx)
    for whose in (unit, ""):
        if code := known.get(whose):
            return code, whose
    raise InvalidInput({"code": _NONE})


async def set_code(ctx: Context, unit: str, code: str) -> None:
    """Keep the code of a division, or with "" of the whole office.

    :raises InvalidInput: for ``code``: it does not look like one.
    """
    need(ctx, SETTINGS)
    plain = " ".join(code.split())
    if not _FORM.fullmatch(plain):
        raise InvalidInput({"code": _ODD})
    async with transaction(ctx):
        row = {"tenant_id": ctx.tenant.id, "unit": unit, "code": plain}
        if not await add(LetterCode, row, unless=("tenant_id", "unit")):
            await LetterCode.update({LetterCode.code: plain}).where(
                LetterCode.of(ctx), LetterCode.unit == unit
            )
        await audit.record(ctx, "eoffice.code.set", f"unit/{unit or 'office'}", code=plain)
