"""What a switch would change in services and in cases that are not finished."""

from collections.abc import Sequence

from core.api import Context, Effect, Text, transaction
from kit.casework.declaration import Service
from kit.casework.service.catalogue import offered

_NAMED = 6  # services that are told by their titles

_SERVICES = Text("บริการที่ประชาชนยื่นได้", "Services that citizens can ask for")
_CASES = Text("เรื่องที่ยังไม่เสร็จ", "Cases that are not finished")
_COME = Text("เพิ่ม {count} บริการ: {titles}", "{count} are added: {titles}")
_GO = Text("ยื่นใหม่ไม่ได้ {count} บริการ: {titles}", "{count} take no new requests: {titles}")
_MORE = Text("{titles} และอีก {count}", "{titles} and {count} more")
_STAY = Text(
    "{count} เรื่อง เกินกำหนดแล้ว {late} เรื่อง ยังอยู่ในงานของเจ้าหน้าที่และทำต่อได้ กำหนดเวลาตามกฎหมายยังเดินต่อ",
    "{count}, {late} of them late: officers still have them and go on, and the time set by law "
    "goes on too",
)
_FEES = Text("ค่าธรรมเนียมที่รอชำระ", "Fees to be paid")
_PAY = Text(
    "{unpaid} เรื่อง ยังชำระได้ และเอกสารออกเมื่อชำระแล้ว",
    "{unpaid} cases: they can be paid, and their papers are issued then",
)
_OPEN = """
SELECT count(*) AS count, count(*) FILTER (WHERE due_on < $3 AND paused_on IS NULL) AS late,
  count(*) FILTER (WHERE status = 'approved_wait_fee') AS unpaid
FROM casework."case"
WHERE tenant_id = $1 AND closed_at IS NULL AND starts_with(service, $2)
"""


async def effects(ctx: Context, plugin: str, *, on: bool) -> list[Effect]:
    """Tell which services of a plugin come or go, and how many of its cases are open."""
    found = []
    titles = [one.title for one in await _services(ctx, plugin)]
    if titles:
        known = {"count": len(titles), "titles": _listed(titles)}
        found.append(Effect(_SERVICES, (_COME if on else _GO).format(**known)))
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_OPEN, ctx.tenant.id, f"{plugin}.", ctx.today)
    counted = {name: f"{number:,}" for name, number in row.items()}
    if row["count"]:
        found.append(Effect(_CASES, _STAY.format(**counted)))
    if row["unpaid"]:
        found.append(Effect(_FEES, _PAY.format(**counted)))
    return found


async def _services(ctx: Context, plugin: str) -> Sequence[Service]:
    """Return its services that are offered; of one that is off those of its code."""
    if plugin not in ctx.tenant.plugins:
        return list(dict(ctx.host.gathered("register_services")).get(plugin, ()))
    every = await offered(ctx)
    return [one for code, one in every.items() if code.startswith(f"{plugin}.")]


def _listed(titles: Sequence[Text]) -> Text:
    shown = titles[:_NAMED]
    more = len(titles) - len(shown)
    told = Text.joined(shown)
    return _MORE.format(titles=told, count=more) if more else told
