"""The agencies that the office writes to, and by which channel."""

import re
from typing import Any
from uuid import UUID

import asyncpg
from msgspec import Struct, structs

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    audit,
    need,
    new_id,
    others_here,
    transaction,
)
from plugins.eoffice.rules.dispatching import CHANNELS
from plugins.eoffice.service.rights import SETTINGS
from plugins.eoffice.tables.exchange import Correspondent

_NONE = Text("ไม่พบหน่วยงานนี้ในสมุดที่อยู่", "There is no such agency in the address book.")
_NAME = Text("กรอกชื่อหน่วยงาน", "Give the name of the agency.")
_CHANNEL = Text("เลือกช่องทางจากรายการ", "Choose a channel from the list.")
_NEIGHBOUR = Text("เลือกหน่วยงานในระบบนี้", "Choose an office of this installation.")
_NODE = Text("กรอกที่อยู่เว็บของปลายทาง ขึ้นต้นด้วย https://", "Give its address, beginning with https://.")
_KEY = Text(
    "กรอกกุญแจสาธารณะ 64 หลักที่หน่วยงานปลายทางแจ้ง", "Give the 64 digits of its public key, as it tells."
)
_MAILBOX = Text("กรอกไปรษณีย์อิเล็กทรอนิกส์กลาง", "Give its central mailbox.")
_DEPARTMENT = Text("กรอกรหัสหน่วยงาน 5 หลัก", "Give its code of five digits.")
_TWICE = Text(
    "มีหน่วยงานนี้ในสมุดที่อยู่แล้ว แก้รายการเดิม", "This agency is in the address book. Change that entry."
)
WEB = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?")
_MAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9.-]{1,180}")


class Entry(Struct, frozen=True, kw_only=True):
    """What the address book says of an agency."""

    name: str
    post: str = ""
    channel: str
    mailbox: str = ""
    department: str = ""
    node: str = ""
    key: str = ""
    neighbour: str = ""
    active: bool = True


async def keep(ctx: Context, entry: Entry, *, id: UUID | None = None) -> UUID:
    """Enter an agency, or change what is known of it.

    :raises InvalidInput: what its channel needs is missing.
    :raises Conflict: another entry is of the same agency.
    """
    need(ctx, SETTINGS)
    if problems := await _problems(ctx, entry):
        raise InvalidInput(problems)
    values = structs.asdict(entry) | {"changed_at": ctx.now}
    which = id or new_id()
    try:
        async with transaction(ctx):
            if id is None:
                await Correspondent.insert(
                    Correspondent(tenant_id=ctx.tenant.id, id=which, **values)
                )
            else:
                await get(ctx, id)
                await Correspondent.update(
                    {getattr(Correspondent, name): value for name, value in values.items()}
                ).where(Correspondent.of(ctx), Correspondent.id == id)
            await audit.record(ctx, "eoffice.correspondent.kept", f"correspondent/{which}")
    except asyncpg.UniqueViolationError as clash:
        raise Conflict(_TWICE) from clash
    return which


async def _problems(ctx: Context, entry: Entry) -> dict[str, Text]:
    problems = {} if entry.name else {"name": _NAME}
    match entry.channel:
        case "neighbour" if entry.neighbour not in await others_here(ctx):
            problems["neighbour"] = _NEIGHBOUR
        case "direct" | "ecms" if not WEB.fullmatch(entry.node) and entry.channel == "direct":
            problems["node"] = _NODE
        case "direct" if not re.fullmatch("[0-9a-f]{64}", entry.key):
            problems["key"] = _KEY
        case "ecms" if not re.fullmatch("[0-9]{5}", entry.department):
            problems["department"] = _DEPARTMENT
        case "email" if not _MAIL.fullmatch(entry.mailbox):
            problems["mailbox"] = _MAILBOX
        case channel if channel not in CHANNELS:
            problems["channel"] = _CHANNEL
    return problems


async def get(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return an agency of the address book.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Correspondent.select()
            .where(Correspondent.of(ctx), Correspondent.id == id)
            .first()
        )
    if row is None:
        raise NotFound(_NONE)
    return row


async def find(ctx: Context, **known: str) -> dict[str, Any] | None:
    """Return the agency that is written to and has all of these; None for none."""
    where = [getattr(Correspondent, name) == value for name, value in known.items()]
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Correspondent.select()
            .where(Correspondent.of(ctx), Correspondent.active.eq(True), *where)
            .first()
        )
    return row


async def all_of(ctx: Context) -> list[dict[str, Any]]:
    """Return the address book, by name."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Correspondent.select()
            .where(Correspondent.of(ctx))
            .order_by(Correspondent.name)
            .limit(1000)
        )
    return rows
