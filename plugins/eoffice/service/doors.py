"""The ways into the pages of correspondence."""

from collections.abc import Sequence

import msgspec

from core.api import Context, NavItem, Text
from plugins.eoffice.service import arrivals, tasks
from plugins.eoffice.service.keeping import count_for_head, counts_of_loans
from plugins.eoffice.service.rights import (
    DESTROY,
    DRAFT,
    KEEP,
    LEND,
    OVERSEE,
    READ,
    REGISTER,
    SETTINGS,
)

HOME = "/desk/eoffice"


class Door(msgspec.Struct, frozen=True):
    """A way into a part of the work.

    :ivar count: of what waits behind it; 0 for nothing, or where nothing is counted.
    """

    title: Text
    body: Text
    href: str
    count: int = 0


_ARRIVALS = f"{HOME}/arrivals"
_LOANS, _LISTS = f"{HOME}/keeping/loans", f"{HOME}/keeping/lists"
_PARTS = (
    (
        DRAFT,
        f"{HOME}/drafts/new",
        Text("ร่างหนังสือ", "Draft a document"),
        Text("หนังสือภายนอก บันทึก คำสั่ง ประกาศ และอื่น ๆ", "Letters, memos, orders, announcements"),
    ),
    (
        REGISTER,
        _ARRIVALS,
        Text("รับหนังสือ", "Take letters in"),
        Text("สแกนหรือแนบไฟล์ แล้วลงทะเบียนรับ", "Scan or attach them, then enter them"),
    ),
    (
        REGISTER,
        f"{HOME}/registers",
        Text("ทะเบียนหนังสือ", "Registers"),
        Text("ทะเบียนรับ ส่ง คำสั่ง ประกาศ จองและยกเลิกเลข", "Received, sent, orders; reserve numbers"),
    ),
    (
        OVERSEE,
        f"{HOME}/overview",
        Text("หนังสือที่รอดำเนินการ", "Letters that wait"),
        Text("ค้างที่ตำแหน่งใด นานเท่าใด ทันกำหนดเพียงใด", "Where, since when, and how much in time"),
    ),
    (
        KEEP,
        f"{HOME}/keeping",
        Text("การเก็บหนังสือ", "Keeping"),
        Text("ส่งเก็บ ให้ยืม ทำลาย และส่งออก", "Store, lend, destroy and export"),
    ),
    (
        LEND,
        _LOANS,
        Text("การยืมหนังสือ", "Loans"),
        Text("อนุญาตให้หน่วยงานอื่นยืม", "Allow loans to other agencies"),
    ),
    (
        DESTROY,
        _LISTS,
        Text("การทำลายหนังสือ", "Destruction"),
        Text("สั่งการและอนุมัติบัญชีหนังสือขอทำลาย", "Decide what is destroyed"),
    ),
    (
        SETTINGS,
        f"{HOME}/settings",
        Text("ตั้งค่างานสารบรรณ", "Settings"),
        Text("สมุดที่อยู่ รหัสหนังสือ ตราครุฑ", "Address book, letter codes, the garuda"),
    ),
)


async def doors(ctx: Context) -> Sequence[Door]:
    """Return the parts of the work that an officer may see."""
    waiting = {
        _ARRIVALS: len(await arrivals.arrivals(ctx)) if ctx.actor.may(REGISTER) else 0,
        _LOANS: (await counts_of_loans(ctx))["asked"] if ctx.actor.may(LEND) else 0,
        _LISTS: await count_for_head(ctx),
    }
    return [
        Door(title, body, path, waiting.get(path, 0))
        for right, path, title, body in _PARTS
        if ctx.actor.may(right)
    ]


async def links(ctx: Context) -> list[NavItem]:
    """Lead officers to their letters, with how many wait."""
    if not ctx.actor.may(READ):
        return []
    title = Text("สารบรรณ", "Correspondence")
    return [NavItem(title, HOME, order=20, count=await tasks.count_waiting(ctx))]


def links_for_module(ctx: Context) -> list[NavItem]:
    """Lead an administrator to the settings of correspondence."""
    held = {SETTINGS} if ctx.actor.may(SETTINGS) else set()
    return [NavItem(title, path) for right, path, title, _ in _PARTS if right in held]
