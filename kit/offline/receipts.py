"""Do what was sent once, and give the same answer to whoever sends it again."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import msgspec

from core.api import Conflict, Context, Text, transaction
from kit.offline.tables import Receipt

# A device that was out of reach for longer has its drafts expired too.
KEPT = timedelta(days=30)

_OTHER_BODY = Text(
    "เรื่องนี้ส่งแล้ว แต่ครั้งนี้ข้อมูลต่างจากที่ส่งไว้ จึงยังไม่รับซ้ำ ถ้าต้องการส่งอีกเรื่อง โหลดหน้าใหม่แล้วกรอกใหม่",
    "This has been sent already, with other details, so it was not taken again. "
    "To send another, reload the page and fill it in anew.",
)
_OTHER_ACCOUNT = Text(
    "เรื่องนี้ส่งแล้วจากบัญชีอื่น เข้าสู่ระบบด้วยบัญชีนั้นเพื่อดูผล หรือโหลดหน้าใหม่แล้วกรอกใหม่",
    "This has been sent already from another account. Sign in with that account to see it, "
    "or reload the page and fill it in anew.",
)


class Sending(msgspec.Struct, frozen=True):
    """What one request asks for: the same key is the same wish, however often it arrives.

    :param key: 8 to 80 characters, chosen by the sender.
    :param account: who sends; None for strangers.
    :param fingerprint: of everything that was filled in.
    """

    key: str
    account: UUID | None
    fingerprint: bytes


class Answer(msgspec.Struct, frozen=True):
    """What came of it.

    :param location: path of the page that shows it, up to 500 characters.
    :param words: follows "ส่งแล้ว" in the list on the device, e.g. the number of the case; no
        personal data, up to 300 characters.
    """

    location: str
    words: Text = Text("", "")


async def once(ctx: Context, sending: Sending, act: Callable[[], Awaitable[Answer]]) -> Answer:
    """Do ``act`` unless it was done under this key before; return its answer either way.

    ``act`` runs in the transaction that notes the key, so both are there or neither. Of two
    requests at the same moment the second waits for the first. What ``act`` raises undoes the
    note too: the same key may come again, with other values.

    :raises Conflict: something else was sent under the key, or somebody else sent it.
    """
    async with transaction(ctx):
        if not await _insert(ctx, sending, Answer("")):
            return await _answer_to(ctx, sending)
        answer = await act()
        await Receipt.update(
            {
                Receipt.location: answer.location,
                Receipt.words_th: answer.words.th,
                Receipt.words_en: answer.words.en,
            }
        ).where(Receipt.of(ctx), Receipt.key == sending.key)
    return answer


async def note_answer(ctx: Context, sending: Sending, answer: Answer) -> Answer:
    """Note what came of a sending, where the service itself knows the key and acts once.

    :returns: the answer that was noted first.
    :raises Conflict: something else was sent under the key, or somebody else sent it.
    """
    async with transaction(ctx):
        if await _insert(ctx, sending, answer):
            return answer
        return await _answer_to(ctx, sending)


async def find_answer(ctx: Context, key: str) -> Answer | None:
    """Return what the actor was answered under a key; None when there is no such answer."""
    async with transaction(ctx):
        row = await Receipt.objects().where(Receipt.of(ctx), Receipt.key == key).first()
    if row is None or row.account != ctx.actor.id:
        return None
    return _read(row)


async def drop_old(ctx: Context) -> None:
    """Forget what was sent so long ago that no device sends it again."""
    async with transaction(ctx):
        await Receipt.delete().where(Receipt.of(ctx), Receipt.made_at < ctx.now - KEPT)


async def _insert(ctx: Context, sending: Sending, answer: Answer) -> bool:
    """Note the key; False when it is there already, after waiting for who is noting it."""
    row = Receipt(
        tenant_id=ctx.tenant.id,
        key=sending.key,
        account=sending.account,
        fingerprint=sending.fingerprint,
        location=answer.location,
        words_th=answer.words.th,
        words_en=answer.words.en,
        made_at=ctx.now,
    )
    return bool(
        await Receipt.insert(row).on_conflict(
            action="DO NOTHING", target=(Receipt.tenant_id, Receipt.key)
        )
    )


async def _answer_to(ctx: Context, sending: Sending) -> Answer:
    row = await Receipt.objects().where(Receipt.of(ctx), Receipt.key == sending.key).first()
    if row is None:
        raise RuntimeError(f"{sending.key} was noted and is gone")
    if row.account != sending.account:
        raise Conflict(_OTHER_ACCOUNT)
    if bytes(row.fingerprint) != sending.fingerprint:
        raise Conflict(_OTHER_BODY)
    return _read(row)


def _read(row: Receipt) -> Answer:
    return Answer(row.location, Text(row.words_th, row.words_en))
