"""Letters of the office, drafted, looked at and signed as in life."""

from typing import Any
from uuid import UUID

from core.context import Context
from plugins.eoffice.service import codes, drafts, signing, tasks
from plugins.eoffice.service.access import get_letter
from plugins.eoffice.service.drafts import Typed
from plugins.eoffice.service.signing import Signing
from tests.plugins.eoffice.conftest import TownHall

FIELDS = {
    "subject": "ขอส่งเครื่องสูบน้ำสนับสนุนการแก้ไขปัญหาน้ำท่วม",
    "to": "นายกเทศมนตรีนครยะลา",
    "references": "หนังสือเทศบาลนครยะลา ที่ ยล 52001/77 ลงวันที่ 10 พฤศจิกายน 2569",
    "enclosures": "บัญชีเครื่องสูบน้ำ | 1 ฉบับ",
    "body": "ตามหนังสือที่อ้างถึง เทศบาลนครยะลาขอรับการสนับสนุนเครื่องสูบน้ำ นั้น\n\n"
    "เทศบาลเมืองแม่เหียะพิจารณาแล้ว ขอส่งเครื่องสูบน้ำ จำนวน 2 เครื่อง\n\nจึงเรียนมาเพื่อโปรดพิจารณา",
    "closing": "ขอแสดงความนับถือ",
    "unit": "กองช่าง\nโทร. 0 5311 0234",
}


def typed(**more: Any) -> Typed:
    fields = FIELDS | more.pop("fields", {})
    return Typed(**{"fields": fields, "signer": "mayor", **more})


async def drafted(hall: TownHall, kind: str = "external", **more: Any) -> UUID:
    return await drafts.begin(await hall.sits("officer"), kind, typed(**more))


async def put_forward(hall: TownHall, letter: UUID, to: str = "mayor") -> None:
    await drafts.submit(await hall.sits("officer"), letter, to=to)


async def signs(who: Context, letter: UUID, **more: Any) -> str:
    [task] = [one for one in await tasks.inbox(who) if one["letter_id"] == letter]
    revision = (await get_letter(who, letter))["revision"]
    return await signing.sign(who, letter, task["id"], Signing(revision=revision, **more))


async def signed(hall: TownHall, kind: str = "external", **more: Any) -> UUID:
    """Draft a document, put it before the mayor, who signs it."""
    await codes.set_code(hall.ctx, "", "ชม 52001")
    letter = await drafted(hall, kind, **more)
    await put_forward(hall, letter)
    await signs(await hall.sits("mayor"), letter)
    return letter
