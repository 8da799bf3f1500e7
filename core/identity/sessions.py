"""Sessions: from the cookie of a request to its actor, and how they end.

The browser holds a random token, the database only its hash. A session ends
when it is revoked, a fixed time after signing in, or when it was not used for
a while; its row stays as the record of it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal, NamedTuple
from uuid import UUID

from core import audit, db
from core.context import Actor, Context
from core.errors import NotFound
from core.identity import support
from core.identity.names import full_name, initials
from core.identity.permissions import held_by, merge
from core.identity.tables import Session
from core.text import Text

Kind = Literal["citizen", "officer"]

COOKIE = "session"
_SEEN_EVERY = timedelta(minutes=1)
_TOKEN_LENGTH = 43  # 32 bytes in base64

# What an office may set in minutes, and within which limits, under settings of "core".
_DEFAULTS: Mapping[str, int] = {
    "officer_session": 12 * 60,
    "officer_idle": 30,
    "citizen_session": 30 * 24 * 60,
    "citizen_idle": 7 * 24 * 60,
}
_LEAST, _MOST = 5, 90 * 24 * 60

_FIND = """
SELECT s.id, s.account, s.seen_at, s.expires_at, s.revoked_at,
  a.title, a.first_name, a.last_name, a.post, a.kind = 'support' AS of_support,
  CASE a.kind WHEN 'support' THEN 'officer' ELSE a.kind END AS kind,
  a.active OR a.kind = 'support' AS active
FROM core.session s JOIN core.account a ON a.tenant_id = s.tenant_id AND a.id = s.account
WHERE s.tenant_id = $1 AND s.token = $2
"""


class Limits(NamedTuple):
    """How long a session lasts: altogether, and without being used."""

    whole: timedelta
    idle: timedelta


@dataclass(frozen=True, slots=True)
class Browser:
    """What is known of the browser of a request.

    :param device: its lasting mark, by which it is known at the next sign-in.
    :param name: what it calls itself.
    :param token: of the session it is in, "" for none.
    """

    device: str = ""
    name: str = ""
    token: str = ""


class Opened(NamedTuple):
    """A new session; ``token`` is told to the browser and kept nowhere."""

    token: str
    account: UUID
    kind: Kind
    expires_at: datetime


def hashed(token: str) -> bytes:
    """Return what is kept of a token."""
    return sha256(token.encode()).digest()


def new_token() -> str:
    """Return a token that cannot be guessed."""
    return secrets.token_urlsafe(32)


def limits(ctx: Context, kind: Kind) -> Limits:
    """Return how long sessions last here, as the office has set it or by default."""
    given = ctx.tenant.settings.get("core", {})
    whole, idle = (
        min(max(int(given.get(name, _DEFAULTS[name])), _LEAST), _MOST)
        for name in (f"{kind}_session", f"{kind}_idle")
    )
    return Limits(timedelta(minutes=whole), timedelta(minutes=min(idle, whole)))


async def resume(ctx: Context, token: str) -> Context:
    """Return the context with the actor whose session the cookie names, if it still runs."""
    if len(token) != _TOKEN_LENGTH:
        return ctx
    async with db.transaction(ctx) as connection:
        row = await connection.fetchrow(_FIND, ctx.tenant.id, hashed(token))
        if row is None or _why_over(ctx, row):
            return ctx
        own = row["kind"] == "officer" and not row["of_support"]
        held = await held_by(ctx, row["account"]) if own else []
        if ctx.now - row["seen_at"] >= _SEEN_EVERY:
            await Session.update({Session.seen_at: ctx.now}).where(
                Session.of(ctx), Session.id == row["id"]
            )
    if row["of_support"]:
        return await support.act(ctx, row)
    actor = Actor(
        kind=row["kind"],
        id=row["account"],
        name=full_name(row["title"], row["first_name"], row["last_name"]),
        post=row["post"],
        initials=initials(row["first_name"], row["last_name"]),
        acting=next((one.acting for one in held if one.acting), None),
        permissions=merge(held, ctx.tenant.units),
    )
    return replace(ctx, actor=actor)


def _why_over(ctx: Context, row: Mapping[str, Any]) -> Literal["revoked", "expired", "idle"] | None:
    if row["revoked_at"] is not None or not row["active"]:
        return "revoked"
    if row["expires_at"] <= ctx.now:
        return "expired"
    if row["seen_at"] + limits(ctx, row["kind"]).idle <= ctx.now:
        return "idle"
    return None


class Over(NamedTuple):
    """A session that has ended: whose it was, and why."""

    account: UUID
    kind: Kind
    why: Literal["revoked", "expired", "idle"]


async def find_over(ctx: Context, token: str) -> Over | None:
    """Return the session of a token if it has ended; None when it runs or never was."""
    if len(token) != _TOKEN_LENGTH:
        return None
    async with db.transaction(ctx) as connection:
        row = await connection.fetchrow(_FIND, ctx.tenant.id, hashed(token))
    why = _why_over(ctx, row) if row else None
    return Over(row["account"], row["kind"], why) if why else None


async def open_session(
    ctx: Context, account: UUID, kind: Kind, *, browser: Browser, how: str
) -> Opened:
    """Open a session with a new id; the one that this browser was in ends.

    :param how: by what the person was known, for the trail: ``"password"``, ``"code"``, …
    """
    token = new_token()
    expires_at = ctx.now + limits(ctx, kind).whole
    async with db.transaction(ctx):
        if browser.token:
            await _revoke(ctx, Session.token == hashed(browser.token))
        await Session.insert(
            Session(
                tenant_id=ctx.tenant.id,
                id=db.new_id(),
                token=hashed(token),
                account=account,
                device=hashed(browser.device) if browser.device else None,
                address=ctx.address[:64],
                browser=browser.name[:200],
                created_at=ctx.now,
                seen_at=ctx.now,
                expires_at=expires_at,
                revoked_at=None,
            )
        )
        await audit.record(ctx, "core.session.opened", f"account/{account}", owner=account, how=how)
    return Opened(token, account, kind, expires_at)


async def renew(ctx: Context, token: str) -> str:
    """Give a session that runs a new token, since what its bearer may do has changed."""
    fresh = new_token()
    async with db.transaction(ctx):
        await Session.update({Session.token: hashed(fresh)}).where(
            Session.of(ctx), Session.token == hashed(token), Session.account == ctx.actor.id
        )
    return fresh


async def knows_device(ctx: Context, account: UUID, device: str, *, since: timedelta) -> bool:
    """Return whether the account was signed in on this device within ``since``."""
    if not device:
        return False
    async with db.transaction(ctx):
        known: bool = await Session.exists().where(
            Session.of(ctx),
            Session.account == account,
            Session.device == hashed(device),
            Session.created_at > ctx.now - since,
        )
    return known


async def running_sessions(ctx: Context) -> list[dict[str, Any]]:
    """Return where the actor is signed in: the rows, the last used first."""
    if ctx.actor.id is None or ctx.actor.kind not in ("citizen", "officer"):
        return []
    idle = limits(ctx, "officer" if ctx.actor.kind == "officer" else "citizen").idle
    async with db.transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Session.select()
            .where(
                Session.of(ctx),
                Session.account == ctx.actor.id,
                Session.revoked_at.is_null(),
                Session.expires_at > ctx.now,
                Session.seen_at > ctx.now - idle,
            )
            .order_by(Session.seen_at, ascending=False)
            .limit(50)
        )
    return rows


async def sign_out(ctx: Context, token: str) -> None:
    """End the session of this browser."""
    async with db.transaction(ctx):
        if await _revoke(ctx, Session.token == hashed(token)):
            await audit.record(
                ctx, "core.session.ended", f"account/{ctx.actor.id}", owner=ctx.actor.id
            )


async def end_session(ctx: Context, session: UUID) -> None:
    """End one of the actor's own sessions, e.g. on a phone that was lost.

    :raises NotFound: the actor has no such session that runs.
    """
    async with db.transaction(ctx):
        mine = (Session.id == session) & (Session.account == ctx.actor.id)
        if not await _revoke(ctx, mine):
            raise NotFound(
                Text("อุปกรณ์นี้ออกจากระบบไปแล้ว", "This device has been signed out already.")
            )
        await audit.record(ctx, "core.session.ended", f"account/{ctx.actor.id}", owner=ctx.actor.id)


async def sign_out_everywhere(ctx: Context, account: UUID, *, but: str = "") -> None:
    """End all sessions of an account; its devices are no longer known.

    :param but: token of the session that stays.
    """
    theirs: Any = Session.account == account
    if but:
        theirs = theirs & (Session.token != hashed(but))
    async with db.transaction(ctx):
        ended = await _revoke(ctx, theirs)
        await Session.update({Session.device: None}).where(Session.of(ctx), theirs)
        if ended:
            await audit.record(ctx, "core.session.all_ended", f"account/{account}", owner=account)


async def _revoke(ctx: Context, which: Any) -> bool:
    ended = (
        await Session.update({Session.revoked_at: ctx.now})
        .where(Session.of(ctx), Session.revoked_at.is_null(), which)
        .returning(Session.id)
    )
    return bool(ended)
