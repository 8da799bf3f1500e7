"""The central mailbox as an office sets it up: its address, its servers, and how it signs in."""

import asyncio
import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.api import Context, Text, transaction
from plugins.eoffice.rules.channels import Config, Finding, Kind
from plugins.eoffice.rules.mail_opening import is_address
from plugins.eoffice.rules.parcels import Parcel, Unsent
from plugins.eoffice.service.mailboxes import Mailbox, Server
from plugins.eoffice.service.mailing import MailCarrier
from plugins.eoffice.tables.exchange import Dispatch

CODE = "email"
PATIENCE = 30.0  # seconds, for somebody who looks at the page
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?", re.IGNORECASE)
_LAST_PORT = 65_535

_CAME = """
SELECT content FROM eoffice.arrival
WHERE tenant_id = $1 AND channel = $2 AND content ->> 'id' = $3 AND content ->> 'main' IS NOT NULL
LIMIT 1
"""
_ADDRESS = Text(
    "กรอกที่อยู่ไปรษณีย์อิเล็กทรอนิกส์กลาง เช่น saraban@maehia.go.th",
    "Give the address of the central mailbox, such as saraban@maehia.go.th.",
)
_NO_HOST = Text(
    "กรอกชื่อเซิร์ฟเวอร์ เช่น mail.maehia.go.th",
    "Give the name of the server, such as mail.maehia.go.th.",
)
_NO_PORT = Text("กรอกพอร์ต 1 ถึง 65535", "Give the port, 1 to 65535.")
_SILENT = Text(
    "เซิร์ฟเวอร์อีเมลไม่ตอบ ตรวจชื่อเซิร์ฟเวอร์ พอร์ต และการเข้ารหัส",
    "The mail server does not answer. Look at its name, its port and its encryption.",
)
_READS = Text("เปิดตู้อีเมลกลางได้ มีอีเมลรออยู่ {count} ฉบับ", "The mailbox opens; {count} wait in it.")
_SENDS = Text("เซิร์ฟเวอร์ขาออกรับชื่อผู้ใช้และรหัสผ่าน", "The server for sending knows user and password.")


def check(config: Config) -> dict[str, Text]:
    """Return what is wrong with a configuration, by field."""
    problems = {}
    if not is_address(config["address"]):
        problems["address"] = _ADDRESS
    for way in ("incoming", "outgoing"):
        if not _HOST.fullmatch(config[f"{way}_host"]):
            problems[f"{way}_host"] = _NO_HOST
        port = config[f"{way}_port"]
        if not (port.isascii() and port.isdigit() and 1 <= int(port) <= _LAST_PORT):
            problems[f"{way}_port"] = _NO_PORT
    return problems


def carrier(ctx: Context, config: Config, secret: str) -> MailCarrier:
    """Open the channel."""

    async def find(letter: UUID) -> Parcel | None:
        return await _left(ctx, letter, config["address"]) or await _came(ctx, letter)

    return MailCarrier(_mailbox(config, secret), find, now=ctx.now)


def _mailbox(config: Config, secret: str) -> Mailbox:
    return Mailbox(
        address=config["address"],
        outgoing=_server(config, "outgoing"),
        incoming=_server(config, "incoming"),
        user=config["user"],
        password=secret,
        authserv_id=config.get("authserv_id") or "",
    )


def _server(config: Config, way: str) -> Server:
    return Server(
        host=config[f"{way}_host"],
        port=int(config[f"{way}_port"]),
        security=config[f"{way}_security"],
    )


async def _left(ctx: Context, letter: UUID, address: str) -> Parcel | None:
    """Return a letter that left by the mailbox, as it left."""
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Dispatch.select(Dispatch.content)
            .where(
                Dispatch.of(ctx),
                Dispatch.id == letter,
                Dispatch.channel == CODE,
                Dispatch.what == "letter",
            )
            .first()
            .output(load_json=True)
        )
    if row is None:
        return None
    parcel = msgspec.convert(row["content"], Parcel)
    return replace(parcel, sender=replace(parcel.sender, mailbox=address))


async def _came(ctx: Context, letter: UUID) -> Parcel | None:
    """Return a letter that came by the mailbox."""
    async with transaction(ctx) as connection:
        content = await connection.fetchval(_CAME, ctx.tenant.id, CODE, str(letter))
    return msgspec.json.decode(content, type=Parcel) if content else None


async def probe(ctx: Context, config: Config, secret: str) -> Sequence[Finding]:
    """Return whether the mailbox opens, and whether letters may leave from it."""
    there = carrier(ctx, config, secret)
    try:
        async with asyncio.timeout(PATIENCE):
            waiting = await there.count()
            found = [Finding(True, _READS.format(count=f"{waiting:,}"))]
            await there.greet()
    except TimeoutError:
        return [Finding(False, _SILENT)]
    except Unsent as problem:
        return [Finding(False, problem.why)]
    return [*found, Finding(True, _SENDS)]


KIND = Kind(
    check=check,
    carrier=carrier,
    probe=probe,
    secret=Text("รหัสผ่านของตู้อีเมล", "Password of the mailbox"),
    known_by="mailbox",
    receipts=True,
    lasting=True,
)
