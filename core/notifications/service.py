"""Send messages, read them, and have failed ones sent again."""

import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from core import audit, db, jobs
from core.context import Context
from core.errors import NotFound
from core.inserts import into
from core.notifications.message import Channel, Message, Recipient, render
from core.notifications.tables import MessageRow
from core.text import Text

log = logging.getLogger(__name__)

SEND = jobs.SEND_MESSAGE
INBOX, EMAIL, SMS = "inbox", "email", "sms"
PAGE = 50

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_OUTBOX = into(MessageRow, "tenant_id", "key", "recipient", "channel")
# What nobody has confirmed may be somebody else's.
_ADDRESSES = """
SELECT language, CASE WHEN email_verified THEN email END AS email,
  CASE WHEN phone_verified THEN phone END AS phone
FROM core.account WHERE tenant_id = $1 AND id = $2
"""
_NO_MESSAGE = Text("ไม่พบข้อความนี้", "There is no such message.")


async def send(
    ctx: Context,
    *,
    to: Recipient | UUID | str,
    template: Message | str,
    key: str,
    href: str = "",
    **facts: Any,
) -> None:
    """Send a message, once this transaction has committed.

    An account gets it in its inbox and by every channel for which its address is known.
    With the same key a recipient gets nothing twice, however often this is called.

    :param to: an account's id, an address of e-mail, a telephone number, or all of them.
    :param template: the name of a registered message, or one of the core's own.
    :param key: what it is about, e.g. ``casework/<case>/approved``; up to 200 characters.
    :param href: path of the page to read on, within the municipality's site.
    :param facts: values for the places of the text: texts, numbers, ``Text`` by language.
    :raises RuntimeError: outside a transaction: a message could tell what never was.
    """
    if not db.in_transaction():
        raise RuntimeError(f"{key}: messages are sent in the change's own transaction")
    recipient = to if isinstance(to, Recipient) else await _recipient(ctx, to)
    message = template if isinstance(template, Message) else _registered(ctx, template)
    outgoing = []
    for row in _rows(ctx, recipient, message, key, href, _words(ctx, message, facts)):
        db.add_later(_OUTBOX, row)
        if row["channel"] != INBOX:
            outgoing.append({"message": str(row["id"])})
    # The job of a message that was there before finds no row of its id, and is done.
    await jobs.defer_each(ctx, SEND, outgoing, urgent=message.urgent)


def _rows(
    ctx: Context,
    recipient: Recipient,
    message: Message,
    key: str,
    href: str,
    words: tuple[Text, Text],
) -> Iterator[dict[str, Any]]:
    subject, body = words
    for channel, address in _ways(ctx, recipient):
        yield {
            "tenant_id": ctx.tenant.id,
            "id": db.new_id(),
            "key": key,
            "recipient": recipient.name,
            "channel": channel,
            "account": recipient.account,
            "address": address,
            "language": recipient.language,
            "template": message.name,
            "subject_th": subject.th,
            "subject_en": subject.en,
            "body_th": body.th,
            "body_en": body.en,
            "href": href,
            "state": "sent" if channel == INBOX else "queued",
            "attempts": 0,
            "created_at": ctx.now,
            "sent_at": ctx.now if channel == INBOX else None,
        }


async def _recipient(ctx: Context, to: UUID | str) -> Recipient:
    if isinstance(to, UUID):
        found = await db.current_connection().fetchrow(_ADDRESSES, ctx.tenant.id, to)
        if found is None:
            raise LookupError(f"there is no account {to}")
        return Recipient(
            account=to,
            email=found["email"],
            phone=found["phone"],
            language="en" if found["language"] == "en" else "th",
        )
    if "@" in to:
        return Recipient(email=to, language=ctx.language)
    return Recipient(phone=to, language=ctx.language)


def _ways(ctx: Context, recipient: Recipient) -> Iterator[tuple[str, str]]:
    """Yield the channels by which a recipient can be reached, each with the address there.

    :raises ValueError: the address of e-mail is none.
    """
    if recipient.account is not None:
        yield INBOX, ""
    if recipient.email:
        if not _ADDRESS.fullmatch(recipient.email):
            raise ValueError(f"{recipient.email!r} is not an address of e-mail")
        yield EMAIL, recipient.email
    known = {
        "account": str(recipient.account) if recipient.account else None,
        "email": recipient.email,
        "phone": recipient.phone,
    }
    by_phone = False
    for _, channel in channels(ctx):
        if address := known[channel.takes]:
            by_phone = by_phone or channel.takes == "phone"
            yield channel.name, address
    # Nothing here sends to telephones, and nothing else is known: it waits for such a channel.
    if recipient.phone and not (recipient.account or recipient.email or by_phone):
        yield SMS, recipient.phone


def channels(ctx: Context) -> Sequence[tuple[str, Channel]]:
    """Return the channels of the plugins that are switched on, each with its plugin's name."""
    return [
        (plugin, channel)
        for plugin, given in ctx.host.gathered("register_channels")
        for channel in given
        if plugin in ctx.tenant.plugins
    ]


def can_reach(ctx: Context, *, phone: bool, email: bool) -> bool:
    """Return whether anything here sends to a telephone, or to an e-mail.

    In the demonstration nothing has to arrive.
    """
    takes = {channel.takes for _, channel in channels(ctx)}
    if ctx.settings.smtp_url:
        takes.add("email")
    return ctx.settings.demo or (phone and "phone" in takes) or (email and "email" in takes)


def _registered(ctx: Context, name: str) -> Message:
    for plugin, given in ctx.host.gathered("register_messages"):
        if name.startswith(f"{plugin}."):
            for message in given:
                if message.name == name:
                    return message  # type: ignore[no-any-return]
    raise LookupError(f"no plugin has registered the message {name!r}")


def _words(ctx: Context, message: Message, facts: dict[str, Any]) -> tuple[Text, Text]:
    """Return subject and body in the office's own words, where it has set some that fit."""
    own = ctx.tenant.settings.get(message.name.partition(".")[0], {}).get("messages", {})
    if (words := own.get(message.name)) is not None:
        try:
            said = Message(message.name, Text(**words["subject"]), Text(**words["body"]))
            return render(said, facts)
        except (KeyError, TypeError) as problem:
            # The office's text must not stop the change that the message tells of.
            log.warning("%s: wording of %s does not fit: %r", message.name, ctx.tenant.id, problem)
    return render(message, facts)


async def notices(ctx: Context, *, before: UUID | None = None) -> list[dict[str, Any]]:
    """Return what the actor has in the inbox, the newest first, up to ``PAGE``.

    :param before: the id of the last one on the page before.
    """
    query = (
        MessageRow.select()
        .where(
            MessageRow.of(ctx),
            MessageRow.account == ctx.actor.id,
            MessageRow.channel == INBOX,
        )
        .order_by(MessageRow.id, ascending=False)
        .limit(PAGE)
    )
    async with db.transaction(ctx):
        return await (query if before is None else query.where(MessageRow.id < before))


async def count_unread(ctx: Context) -> int:
    """Return how many notices of the actor are unread."""
    async with db.transaction(ctx):
        count: int = await MessageRow.count().where(
            MessageRow.of(ctx),
            MessageRow.account == ctx.actor.id,
            MessageRow.channel == INBOX,
            MessageRow.read_at.is_null(),
        )
    return count


async def read_notice(ctx: Context, *, notice: UUID) -> dict[str, Any]:
    """Return one notice of the actor, which counts as read from now on.

    :raises NotFound: the actor has no such notice.
    """
    mine = (
        MessageRow.of(ctx),
        MessageRow.id == notice,
        MessageRow.account == ctx.actor.id,
        MessageRow.channel == INBOX,
    )
    async with db.transaction(ctx):
        found = await MessageRow.select().where(*mine).first()
        if found is None:
            raise NotFound(_NO_MESSAGE)
        if found["read_at"] is None:
            await MessageRow.update({MessageRow.read_at: ctx.now}).where(*mine)
    return found


async def read_all(ctx: Context) -> None:
    """Count every notice of the actor as read."""
    async with db.transaction(ctx):
        await MessageRow.update({MessageRow.read_at: ctx.now}).where(
            MessageRow.of(ctx),
            MessageRow.account == ctx.actor.id,
            MessageRow.channel == INBOX,
            MessageRow.read_at.is_null(),
        )


async def undelivered_messages(ctx: Context) -> list[dict[str, Any]]:
    """Return messages that failed or wait for a channel, the oldest first, up to ``PAGE``."""
    async with db.transaction(ctx):
        return (
            await MessageRow.select()
            .where(MessageRow.of(ctx), MessageRow.state.is_in(["failed", "waiting"]))
            .order_by(MessageRow.id)
            .limit(PAGE)
        )


async def count_undelivered(ctx: Context) -> dict[str, int]:
    """Return how many messages are ``queued``, ``waiting`` and ``failed``."""
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT state, count(*) FROM core.message WHERE tenant_id = $1 "
            "AND state IN ('queued', 'waiting', 'failed') GROUP BY state",
            ctx.tenant.id,
        )
    return {"queued": 0, "waiting": 0, "failed": 0} | {row[0]: row[1] for row in rows}


async def send_again(ctx: Context, *, message: UUID | None = None) -> int:
    """Have messages sent that failed or wait: one, or all; and return how many.

    :raises NotFound: there is no such message, or it has been sent meanwhile.
    """
    which = [MessageRow.of(ctx), MessageRow.state.is_in(["failed", "waiting"])]
    if message is not None:
        which.append(MessageRow.id == message)
    async with db.transaction(ctx):
        queued = (
            await MessageRow.update({MessageRow.state: "queued", MessageRow.attempts: 0})
            .where(*which)
            .returning(MessageRow.id)
        )
        if message is not None and not queued:
            raise NotFound(_NO_MESSAGE)
        await jobs.defer_each(ctx, SEND, [{"message": str(row["id"])} for row in queued])
        if queued:
            subject = f"message/{message}" if message else "message/all"
            await audit.record(ctx, "core.message.sent_again", subject, count=len(queued))
    return len(queued)
