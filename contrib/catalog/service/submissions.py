"""Submissions as rows: handed in once for each version, found, and their files given out."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

import msgspec

from contrib.catalog.rules.states import ENDED, Act, State, after
from contrib.catalog.service.opening import Opened, Sent, open_sent
from contrib.catalog.service.publishers import my_publisher
from contrib.catalog.service.rights import CURATE, SUBMIT
from contrib.catalog.tables.submissions import Event, Plugin, Publisher, Submission
from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    need,
    new_id,
    transaction,
)
from kit.documents import Store

_NO_PUBLISHER = Text(
    "ลงทะเบียนผู้เผยแพร่ก่อน แล้วจึงส่งปลั๊กอิน", "Register the publisher first, then hand in the plugin."
)
_NONE = Text("ไม่พบปลั๊กอินที่ส่งนี้", "There is no such submission.")
_OTHERS = Text(
    "ชื่อปลั๊กอิน “{plugin}” เป็นของผู้เผยแพร่รายอื่น เปลี่ยนชื่อในปลั๊กอิน แล้วสร้าง wheel ใหม่",
    "The name “{plugin}” is another publisher's. Give the plugin another name, then make it anew.",
)
_THERE = Text(
    "ส่ง {plugin} รุ่น {version} แล้ว เพิ่มเลขรุ่นแล้วสร้าง wheel ใหม่ หรือถอนรุ่นที่ส่งไว้ก่อน",
    "{plugin} {version} was handed in already. Raise its version, or withdraw that one first.",
)


async def submit(ctx: Context, sent: Sent) -> UUID:
    """Take a version of a plugin to be looked through.

    :raises InvalidInput: wheel or source are not taken, or the name or version is.
    :raises Conflict: the actor has registered no publisher.
    """
    need(ctx, SUBMIT)
    publisher = await my_publisher(ctx)
    if publisher is None:
        raise Conflict(_NO_PUBLISHER)
    opened = await open_sent(sent)
    store = store_of(ctx)
    row = _row(ctx, sent, opened) | {
        "publisher_id": publisher["id"],
        "wheel": await store.put_async(ctx.tenant.id, sent.wheel),
        "source": await store.put_async(ctx.tenant.id, sent.source),
    }
    async with transaction(ctx):
        await _claim(ctx, row)
        await add(Submission, row)
        await note(ctx, row["id"], "submit", State.SUBMITTED)
        subject = f"submission/{row['id']}"
        facts = {name: row[name] for name in ("plugin", "version", "wheel")}
        await audit.record(ctx, "catalog.submission.submitted", subject, **facts)
    id: UUID = row["id"]
    return id


async def _claim(ctx: Context, row: Mapping[str, Any]) -> None:
    """Take the name for the publisher, and hold it while its version is looked for.

    :raises InvalidInput: the name is another's, or the version is there.
    """
    names = ("tenant_id", "publisher_id")
    await add(
        Plugin,
        {name: row[name] for name in names} | {"name": row["plugin"]},
        unless=("tenant_id", "name"),
    )
    held = (
        await Plugin.select(Plugin.publisher_id)
        .where(Plugin.of(ctx), Plugin.name == row["plugin"])
        .lock_rows("UPDATE")
        .first()
    )
    if held is None or held["publisher_id"] != row["publisher_id"]:
        raise InvalidInput({"wheel": _OTHERS.format(plugin=row["plugin"])})
    there = (
        await Submission.count()
        .where(Submission.of(ctx), Submission.plugin == row["plugin"])
        .where(Submission.version == row["version"], Submission.state.not_in(sorted(ENDED)))
    )
    if there:
        told = {name: row[name] for name in ("plugin", "version")}
        raise InvalidInput({"wheel": _THERE.format(**told)})


def _row(ctx: Context, sent: Sent, opened: Opened) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "plugin": opened.reading.name,
        "version": opened.reading.version,
        "api": opened.reading.api,
        "capabilities": msgspec.to_builtins(opened.reading.capabilities),
        "unsourced": opened.unsourced,
        "answers": sent.answers,
        "wheel_name": sent.wheel_name,
        "source_name": sent.source_name[-200:],
        "state": State.SUBMITTED,
        "curator_name": "",
        "second_name": "",
        "checklist": {},
        "sent_at": ctx.now,
        "sender": ctx.actor.id,
        "sender_name": ctx.actor.name,
        "changed_at": ctx.now,
        "revision": 1,
    }


async def note(ctx: Context, id: UUID, act: str, state: State, words: str = "") -> None:
    """Write down what was done with a submission."""
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "submission_id": id,
        "act": act,
        "state": state,
        "words": words,
        "at": ctx.now,
        "actor_name": ctx.actor.name,
    }
    await add(Event, row)


async def carry_on(
    ctx: Context, held: Mapping[str, Any], act: Act, words: str = "", **more: Any
) -> None:
    """Let a submission stand where an act leads, in the transaction that holds its row.

    :param more: what else is other in the row.
    :raises Conflict: the act is not possible where it stands.
    """
    state = after(State(held["state"]), act)
    changed: dict[Any, Any] = {
        "state": state,
        "changed_at": ctx.now,
        "revision": held["revision"] + 1,
        **more,
    }
    await Submission.update(changed).where(Submission.of(ctx), Submission.id == held["id"])
    await note(ctx, held["id"], act, state, words)


async def read_submission(ctx: Context, id: UUID, *, hold: bool = False) -> dict[str, Any]:
    """Return a submission with its publisher, for a curator or for whom it is.

    :param hold: nobody else changes it until the transaction ends.
    :raises NotFound: there is none, or it is another publisher's.
    """
    query = Submission.select().where(Submission.of(ctx), Submission.id == id)
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await (query.lock_rows("UPDATE") if hold else query).first().output(load_json=True)
        )
        if row is None:
            raise NotFound(_NONE)
        [publisher] = await Publisher.select().where(
            Publisher.of(ctx), Publisher.id == row["publisher_id"]
        )
    sees_all = ctx.actor.kind == "system" or ctx.actor.may(CURATE)
    if not (sees_all or publisher["account"] == ctx.actor.id):
        raise NotFound(_NONE)
    return row | {"publisher": publisher}


async def history(ctx: Context, id: UUID) -> Sequence[Mapping[str, Any]]:
    """Return what was done with a submission, the first at the top."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Event.select().where(Event.of(ctx), Event.submission_id == id).order_by(Event.id)
        )
    return rows


async def waiting(ctx: Context) -> int:
    """Return how many submissions wait for a curator, the first or the second."""
    async with transaction(ctx):
        count: int = await Submission.count().where(
            Submission.of(ctx), Submission.state.is_in([State.SUBMITTED, State.SECOND])
        )
    return count


async def read_file(ctx: Context, id: UUID, which: Literal["wheel", "source"]) -> tuple[bytes, str]:
    """Return the wheel or the source of a submission, and the name of its file.

    :raises NotFound: there is no such submission for the actor.
    """
    row = await read_submission(ctx, id)
    return await store_of(ctx).read_async(ctx.tenant.id, row[which]), row[f"{which}_name"]


def store_of(ctx: Context) -> Store:
    """Return where files of submissions are kept."""
    return Store(ctx.settings.data / "files")
