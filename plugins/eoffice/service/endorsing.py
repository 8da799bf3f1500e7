"""Write on a letter what is to be done, and send it on, back, or end it by that."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotAllowed,
    Text,
    people,
    posts,
    transaction,
    write_now,
)
from plugins.eoffice.rules.endorsing import ACTIONS, after, answers_to
from plugins.eoffice.rules.states import OPEN, State
from plugins.eoffice.service import registers, tasks
from plugins.eoffice.service.access import list_readers, lock_letter, record, strike_readers
from plugins.eoffice.service.endorsements import Written, write
from plugins.eoffice.tables.letters import Letter
from plugins.eoffice.tables.routing import Task

LONGEST_TEXT = 2_000

_ACTION = Text("เลือกการดำเนินการจากรายการ", "Choose what to do from the list.")
_SAY = Text(
    f"เขียนข้อความ ไม่เกิน {LONGEST_TEXT:,} ตัวอักษร ผู้รับเรื่องต่อจะได้ทราบเหตุ",
    f"Write some words, at most {LONGEST_TEXT:,} characters, so that the next one knows why.",
)
_TO_ONE = Text("เลือกตำแหน่งที่จะเสนอต่อหนึ่งตำแหน่ง", "Choose the one post that it goes to.")
_TO_SOME = Text("เลือกตำแหน่งอย่างน้อยหนึ่งตำแหน่ง", "Choose at least one post.")
_TO_NONE = Text("การดำเนินการนี้ไม่ส่งต่อ เอาตำแหน่งออก", "This goes to nobody. Choose no post.")
_TO_SELF = Text("เลือกตำแหน่งอื่นที่ไม่ใช่ตำแหน่งนี้", "Choose another post than this one.")
_NOT_OPEN = Text(
    "หนังสือฉบับนี้ปิดเรื่องหรือยกเลิกแล้ว เกษียนเพิ่มไม่ได้",
    "This letter is dealt with or dropped. Nothing more is written on it.",
)
_NO_GIVER = Text("ไม่มีตำแหน่งที่ส่งเรื่องนี้มาให้ส่งคืน", "No post sent this here, so it cannot go back.")
_TOO_LATE = Text(
    "ดึงคืนไม่ได้ เพราะผู้รับดำเนินการไปแล้ว หรือท่านไม่ได้ส่งเรื่องนี้",
    "It cannot be called back: the others have acted, or it was not you who sent it.",
)


async def endorse(ctx: Context, letter: UUID, task: UUID, written: Written) -> None:
    """Write on a letter that waits for a post in which the actor sits today.

    :raises NotAllowed: the actor does not sit there today; an order that ended is none.
    :raises Conflict: somebody else acted first, or the letter is closed.
    :raises InvalidInput: the action, its words or its posts do not fit.
    """
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        if row["state"] not in OPEN:
            raise Conflict(_NOT_OPEN)
        one = await tasks.take_task(ctx, letter, task)
        if written.action not in answers_to(one["asked"], returnable=bool(one["given_from"])):
            raise InvalidInput({"action": _ACTION})
        seat = await _sit(ctx, one["post"], one["post_title"])
        targets = await _targets(ctx, one, written)
        id = await write(ctx, row, one["post"], seat, written, targets)
        action = ACTIONS[written.action]
        if not action.stays:
            await tasks.close_task(ctx, task, "done", id)
        await _send(ctx, row, id, one["post"], written, targets)
        await settle(ctx, row, written.action)


async def _sit(ctx: Context, post: str, title: str) -> people.Signature:
    return await posts.sign_in_post(ctx, posts.read_post(post), Text(title, title))


async def _targets(ctx: Context, task: Mapping[str, Any], written: Written) -> Sequence[posts.Held]:
    action, to = ACTIONS[written.action], written.to
    if not 0 <= len(written.text) <= LONGEST_TEXT or (action.needs_text and not written.text):
        raise InvalidInput({"text": _SAY})
    if task["post"] in to:
        raise InvalidInput({"to": _TO_SELF})
    if written.action == "return" or (action.targets == "any" and not to):
        if not task["given_from"]:
            raise InvalidInput(
                {"to": _TO_SOME} if action.targets == "any" else {"action": _NO_GIVER}
            )
        to = (task["given_from"],)
    elif action.targets == "one" and len(to) != 1:
        raise InvalidInput({"to": _TO_ONE})
    elif action.targets == "some" and not to:
        raise InvalidInput({"to": _TO_SOME})
    elif action.targets == "none" and to:
        raise InvalidInput({"to": _TO_NONE})
    return await tasks.posts_of(ctx, to)


async def _send(
    ctx: Context,
    letter: Mapping[str, Any],
    endorsement: UUID,
    post: str,
    written: Written,
    targets: Sequence[posts.Held],
) -> None:
    asks = ACTIONS[written.action].asks
    if written.action == "check" and written.to == (letter["signer"],):
        asks = "sign"
    if written.action == "return":
        asks = "review" if letter["state"] == State.ROUTED else "consider"
    if letter["secrecy"] != "normal":
        accounts = [account for one in targets for account, _ in one.holders]
        await list_readers(ctx, letter["id"], accounts, given_by=endorsement)
    for target in targets:
        await tasks.open_task(
            ctx,
            letter,
            target,
            asked=asks,
            given_by=endorsement,
            given_from=post,
            due_on=written.due_on,
        )
    if targets and letter["way"] == "in":
        names = ", ".join(one.title.th for one in targets)
        action = f"{ACTIONS[written.action].title.th} {names}"
        await registers.note_action(ctx, letter["id"], action)


async def settle(ctx: Context, letter: Mapping[str, Any], action: str) -> None:
    """Bring a letter into the state that follows from what was written on it."""
    await write_now()
    waits = await Task.exists().where(
        Task.of(ctx), Task.letter_id == letter["id"], Task.state == "waiting"
    )
    state = after(action, letter["state"], waits=waits)
    if state == letter["state"]:
        return
    closed = ctx.today if state == State.CLOSED else None
    await Letter.update(
        {Letter.state: state, Letter.closed_on: closed, Letter.revision: Letter.revision + 1}
    ).where(Letter.of(ctx), Letter.id == letter["id"])
    if closed:
        await registers.note_action(ctx, letter["id"], ACTIONS["finish"].title.th)
        await record(ctx, "eoffice.letter.closed", letter)


async def recall(ctx: Context, letter: UUID, endorsement: UUID, why: str) -> None:
    """Call back what one's post sent on, as long as nobody there has acted on it.

    The letter waits for one's own post again; a secret one is there no more for the others.

    :raises Conflict: they have acted, or it was another post that sent it.
    """
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        open_tasks = (
            await Task.select()
            .where(Task.of(ctx), Task.letter_id == letter, Task.given_by == endorsement)
            .lock_rows("UPDATE")
        )
        if not open_tasks or any(one["state"] != "waiting" for one in open_tasks):
            raise Conflict(_TOO_LATE)
        post = open_tasks[0]["given_from"]
        mine = {seat.post.key: seat for seat in await posts.seats_of(ctx, _me(ctx))}
        if post not in mine:
            raise Conflict(_TOO_LATE)
        if not why:
            raise InvalidInput({"text": _SAY})
        seat = await _sit(ctx, post, mine[post].title.th)
        written = Written(action="recall", text=why[:LONGEST_TEXT])
        id = await write(ctx, row, post, seat, written, ())
        for one in open_tasks:
            await tasks.close_task(ctx, one["id"], "recalled", id)
        await strike_readers(ctx, letter, endorsement, but=await _holders(ctx, letter))
        await _reopen(ctx, row, endorsement)


async def _holders(ctx: Context, letter: UUID) -> set[UUID]:
    """Return who sits today in the posts to which a letter went and was not called back from."""
    went = [one for one in await tasks.tasks_of(ctx, letter) if one["state"] != "recalled"]
    return await posts.accounts_in(ctx, [posts.read_post(one["post"]) for one in went])


async def _reopen(ctx: Context, letter: Mapping[str, Any], endorsement: UUID) -> None:
    """Have a letter wait for the post again that had sent it on; where it stayed, it does."""
    done = await Task.select().where(Task.of(ctx), Task.done_by == endorsement).first()
    if done is not None:
        await tasks.open_task(
            ctx,
            letter,
            await tasks.post_of(ctx, done["post"]),
            asked=done["asked"],
            given_by=done["given_by"],
            given_from=done["given_from"],
            due_on=done["due_on"],
        )


def _me(ctx: Context) -> UUID:
    if ctx.actor.id is None:
        raise NotAllowed(_TOO_LATE)
    return ctx.actor.id
