"""A request that is being filled in: kept at every step, for thirty days, encrypted.

Who has no account holds a token in a cookie; without it nobody opens the draft.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, NotFound, Text, new_id, transaction
from kit.casework.applicant import questions
from kit.casework.declaration import Document, Service
from kit.casework.service.catalogue import pin, pinned
from kit.casework.tables import Attachment, Draft
from kit.forms import AnyField, Page, pages

KEPT = timedelta(days=30)
_PURPOSE = "draft"


class Content(msgspec.Struct):
    """What a draft holds.

    :param typed: texts by control, as they were typed, to fill the pages again.
    :param values: by field, those that were read without a problem.
    :param done: names of the pages that were finished.
    """

    typed: dict[str, list[str]] = msgspec.field(default_factory=dict)
    values: dict[str, Any] = msgspec.field(default_factory=dict)
    done: list[str] = msgspec.field(default_factory=list)


class OpenDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft in the hands of the person who fills it in."""

    id: UUID
    service: Service
    version: int
    content: Content
    saved_at: Any
    expires_on: Any
    case_id: UUID | None

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of questions: the person first, then the subjects of the form."""
        return pages((*questions(self.service.applying), *self.service.form))

    @property
    def fields(self) -> tuple[AnyField, ...]:
        """All questions."""
        return (*questions(self.service.applying), *self.service.form)

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that count: of questions that are asked, by the answers before them.

        What was typed before another answer was changed is kept, and counts no more.
        """
        counting: dict[str, Any] = {}
        for field in self.fields:
            if field.name in self.content.values and field.is_asked(counting):
                counting[field.name] = self.content.values[field.name]
        return counting

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that the answers so far ask for."""
        return self.service.documents_for(self.answers)


LONGEST_KNOWN = 200


def known_of(service: Service, given: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return what is given of the controls of a service's form, to fill its pages.

    It is read like anything that is typed, when the page it stands on is sent.
    """
    controls = [one for field in service.form for one in field.controls]
    return {one: [given[one][0][:LONGEST_KNOWN]] for one in controls if given.get(one)}


async def begin(
    ctx: Context, service: Service, known: Mapping[str, list[str]] | None = None
) -> tuple[UUID, str]:
    """Begin a draft on the present version of a service.

    :param known: of :func:`known_of`.
    :returns: its id, and the token that opens it.
    """
    token = secrets.token_urlsafe(24)
    version = await pin(ctx, service)
    id = new_id()
    async with transaction(ctx):
        await Draft.insert(
            Draft(
                tenant_id=ctx.tenant.id,
                id=id,
                account=ctx.actor.id if ctx.actor.kind == "citizen" else None,
                token=_hash(token),
                service=service.code,
                version=version,
                content=_seal(ctx, id, Content(typed=dict(known or {}))),
                saved_at=ctx.now,
                expires_on=ctx.today + KEPT,
            )
        )
    return id, token


async def open_draft(ctx: Context, id: UUID, token: str) -> OpenDraft:
    """Return a draft to who began it, on this device or under this account.

    :raises NotFound: there is none, it is somebody else's, or its time is over.
    """
    async with transaction(ctx):
        row = await Draft.objects().where(Draft.of(ctx), Draft.id == id).first()
        if row is None or not _is_owner(ctx, row, token) or row.expires_on < ctx.today:
            raise NotFound(
                Text(
                    "ไม่พบร่างนี้ อาจพ้น 30 วันแล้ว หรือเริ่มไว้ในเครื่องอื่น เริ่มใหม่ได้ที่หน้าบริการ",
                    "This draft is not here: it may be older than 30 days or on another device. "
                    "You can begin again on the page of the service.",
                )
            )
        service = await pinned(ctx, row.service, row.version)
    text = ctx.keys.decrypt(_PURPOSE, row.content, bound_to=f"{ctx.tenant.id}/{id}")
    return OpenDraft(
        id=id,
        service=service,
        version=row.version,
        content=msgspec.json.decode(text, type=Content),
        saved_at=row.saved_at,
        expires_on=row.expires_on,
        case_id=row.case_id,
    )


async def open_unfiled(ctx: Context, id: UUID, token: str) -> OpenDraft:
    """Return a draft that is still being filled in.

    :raises NotFound: as :func:`open_draft`.
    :raises Conflict: it was filed.
    """
    draft = await open_draft(ctx, id, token)
    if draft.case_id is not None:
        raise Conflict(
            Text(
                "ยื่นเรื่องนี้ไปแล้ว ดูได้ที่หน้าติดตามเรื่อง",
                "This was filed already. Look at its tracking page.",
            )
        )
    return draft


def _is_owner(ctx: Context, row: Draft, token: str) -> bool:
    if row.account is not None and row.account == ctx.actor.id:
        return True
    return secrets.compare_digest(row.token, _hash(token))


async def save(ctx: Context, draft: OpenDraft) -> None:
    """Keep what the draft holds now."""
    async with transaction(ctx):
        await Draft.update(
            {
                Draft.content: _seal(ctx, draft.id, draft.content),
                Draft.saved_at: ctx.now,
                Draft.expires_on: ctx.today + KEPT,
            }
        ).where(Draft.of(ctx), Draft.id == draft.id)


async def became(ctx: Context, draft: UUID, case: UUID) -> None:
    """Note what became of a draft, and forget what was typed into it."""
    async with transaction(ctx):
        await Draft.update(
            {Draft.case_id: case, Draft.content: _seal(ctx, draft, Content())}
        ).where(Draft.of(ctx), Draft.id == draft)


async def my_drafts(ctx: Context) -> list[dict[str, Any]]:
    """Return the unfinished drafts of the account, the newest first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Draft.select(Draft.id, Draft.service, Draft.version, Draft.saved_at)
            .where(
                Draft.of(ctx),
                Draft.account == ctx.actor.id,
                Draft.case_id.is_null(),
                Draft.expires_on >= ctx.today,
            )
            .order_by(Draft.saved_at, ascending=False)
            .limit(20)
        )
    return rows


async def drop_expired(ctx: Context) -> None:
    """Delete drafts whose time is over, with the list of their files; done every night."""
    async with transaction(ctx):
        gone = (
            await Draft.select(Draft.id)
            .where(Draft.of(ctx), Draft.expires_on < ctx.today)
            .limit(1000)
            .output(as_list=True)
        )
        if gone:
            await Attachment.delete().where(
                Attachment.of(ctx), Attachment.draft_id.is_in(gone), Attachment.case_id.is_null()
            )
            await Draft.delete().where(Draft.of(ctx), Draft.id.is_in(gone))


def _seal(ctx: Context, id: UUID, content: Content) -> bytes:
    text = msgspec.json.encode(content).decode()
    return ctx.keys.encrypt(_PURPOSE, text, bound_to=f"{ctx.tenant.id}/{id}")


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
