"""The channels that the office has set up for itself, and what goes wrong with them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from core.api import Context, InvalidInput, NotFound, Text, add, audit, need, transaction
from plugins.eoffice.rules.channels import Config, Finding, Kind
from plugins.eoffice.rules.dispatching import CHANNELS
from plugins.eoffice.rules.parcels import Carrier
from plugins.eoffice.service import ecms_channel, mail_channel
from plugins.eoffice.service.rights import SETTINGS
from plugins.eoffice.tables.exchange import Channel

# A further channel is one line here, and what is asked of who sets it up in forms.setting.CHANNELS.
KINDS: Mapping[str, Kind] = {"email": mail_channel.KIND, "ecms": ecms_channel.KIND}

_PURPOSE = "eoffice.channel"
_NO_CHANNEL = Text("ไม่มีช่องทางนี้ให้ตั้งค่า", "There is no such channel to set up.")
_NOT_SET = Text(
    "ยังไม่ได้ตั้งค่าหรือปิดช่องทาง {channel} ไว้ ให้ผู้ดูแลตั้งค่างานสารบรรณ แล้วส่งอีกครั้ง",
    "The channel {channel} is not set up or is off. Have it set up, then send again.",
)


def kind_of(code: str) -> Kind:
    """Return a channel that can be set up.

    :raises NotFound: it is none.
    """
    if code not in KINDS:
        raise NotFound(_NO_CHANNEL)
    return KINDS[code]


async def keep(
    ctx: Context, code: str, config: Config, *, secret: str = "", active: bool = True
) -> None:
    """Set a channel up, or change it.

    :param secret: its password; empty leaves the one that there is.
    :raises InvalidInput: its configuration is wrong.
    """
    need(ctx, SETTINGS)
    if problems := kind_of(code).check(config):
        raise InvalidInput(problems)
    locked = ctx.keys.encrypt(_PURPOSE, secret, bound_to=_place(ctx, code)) if secret else None
    row = {
        "tenant_id": ctx.tenant.id,
        "code": code,
        "config": config,
        "secret": locked,
        "active": active,
        "changed_at": ctx.now,
    }
    change: dict[Any, Any] = {
        Channel.config: msgspec.json.encode(config).decode(),
        Channel.active: active,
        Channel.changed_at: ctx.now,
        Channel.problem: None,
    }
    if locked:
        change[Channel.secret] = locked
    async with transaction(ctx):
        if not await add(Channel, row, unless=("tenant_id", "code")):
            await Channel.update(change).where(Channel.of(ctx), Channel.code == code)
        await audit.record(
            ctx, "eoffice.channel.kept", f"channel/{code}",
            active=active, secret="changed" if secret else "kept",
        )  # fmt: skip


def _place(ctx: Context, code: str) -> str:
    return f"{ctx.tenant.id}/{code}"


async def channels(ctx: Context) -> dict[str, dict[str, Any]]:
    """Return the channels that are set up, by code, with everything but their secrets."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Channel.select(*Channel.all_columns(exclude=[Channel.secret]))
            .where(Channel.of(ctx))
            .order_by(Channel.code, ascending=False)
            .output(load_json=True)
        )
    return {row["code"]: row for row in rows}


async def silent(ctx: Context) -> list[dict[str, Any]]:
    """Return the channels that are on and gave nothing when they were last asked."""
    return [row for row in (await channels(ctx)).values() if row["active"] and row["problem"]]


async def config_of(ctx: Context, code: str) -> Config:
    """Return how a channel is set up, nothing where it is not."""
    row = (await channels(ctx)).get(code)
    return row["config"] if row else {}


async def open_carrier(ctx: Context, code: str) -> Carrier:
    """Return what carries over a channel.

    :raises NotFound: the office has not set it up, or has it off.
    """
    row, secret = await _opened(ctx, code)
    if not row["active"]:
        raise NotFound(_NOT_SET.format(channel=CHANNELS[code]))
    return KINDS[code].carrier(ctx, row["config"], secret)


async def probe(ctx: Context, code: str) -> Sequence[Finding]:
    """Try a channel, on or off, and return what was found.

    :raises NotFound: the office has not set it up.
    """
    need(ctx, SETTINGS)
    row, secret = await _opened(ctx, code)
    return await KINDS[code].probe(ctx, row["config"], secret)


async def _opened(ctx: Context, code: str) -> tuple[Mapping[str, Any], str]:
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Channel.select()
            .where(Channel.of(ctx), Channel.code == code)
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(_NOT_SET.format(channel=CHANNELS[code]))
    locked = row.pop("secret")
    if locked is None:
        return row, ""
    return row, ctx.keys.decrypt(_PURPOSE, bytes(locked), bound_to=_place(ctx, code))


async def note_round(ctx: Context, code: str, problem: Text | None) -> None:
    """Note that a channel gave what waited there, or why it did not."""
    change: dict[Any, Any] = {Channel.problem: None, Channel.collected_at: ctx.now}
    if problem is not None:
        change = {Channel.problem: msgspec.json.encode(problem).decode()}
    async with transaction(ctx):
        await Channel.update(change).where(Channel.of(ctx), Channel.code == code)
