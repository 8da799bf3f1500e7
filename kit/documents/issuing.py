"""Issue a paper: number, code and snapshot in the change's own transaction; the file afterwards.

The snapshot is what counts. The file is made from it once, kept, and given out
from then on, so that a better template never changes a paper that is out.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    NotFound,
    Text,
    audit,
    new_id,
    numbers,
    publish,
    transaction,
)
from kit.documents.codes import new_code
from kit.documents.contents import Acting, Mark, Office, Paper, Scan, Signer
from kit.documents.numbers import quoted_number
from kit.documents.printed import snapshot
from kit.documents.rendering import Press
from kit.documents.store import Store
from kit.documents.tables import IssuedPaper
from kit.thai import buddhist_year, full_moment, long_day

_NOT_FOUND = Text("ไม่พบเอกสารนี้", "There is no such paper.")


class Stamp(TypedDict):
    """What every paper gets when it is issued."""

    number: str
    date: str
    issued_at: datetime
    office: Office
    verify: Scan | None


class Issued(msgspec.Struct, frozen=True):
    """A paper that was issued."""

    id: UUID
    number: str
    code: str


async def issue(
    ctx: Context,
    template: str,
    *,
    subject: str,
    make: Callable[[Stamp], Paper],
    series: str = "",
    number: str = "",
) -> Issued:
    """Issue a paper.

    :param template: ``<plugin>/<paper>.typ``; a bare name is one of the kit's own.
    :param subject: what it belongs to, ``<noun>/<id>``.
    :param make: gives the contents for the stamp.
    :param series: numbers are counted without gaps within it and the Buddhist year.
    :param number: of a paper that has none of its own, such as the receipt of a case.
    :raises ValueError: neither or both of ``series`` and ``number`` are given.
    """
    if bool(series) == bool(number):
        raise ValueError("a paper has a number of a series or one that is given")
    code = new_code()
    async with transaction(ctx):
        if series:
            year = buddhist_year(ctx.today)
            number = quoted_number(await numbers.draw(ctx, f"paper/{series}/{year}"), year)
        paper = IssuedPaper(
            tenant_id=ctx.tenant.id,
            id=new_id(),
            template=_whole(template),
            series=series and f"{series}/{buddhist_year(ctx.today)}",
            number=number,
            code=code,
            subject=subject,
            contents=snapshot(
                make(stamp(ctx, number=number, verify=scan(ctx, f"/v/{code}", code)))
            ),
            issued_at=ctx.now,
            issued_by=ctx.actor.id,
        )
        await IssuedPaper.insert(paper)
        await audit.record(
            ctx, "documents.paper.issued", f"paper/{paper.id}", number=number, of=subject
        )
    return Issued(paper.id, number, code)


async def issue_made(
    ctx: Context, template: str, contents: Paper, pdf: bytes, *, subject: str, code: str
) -> Issued:
    """Issue a paper whose file is made already, in the transaction that is open.

    For a file that is signed: every other rendering of the same contents is another file.

    :param contents: what is printed, ``number`` included.
    :param code: that of ``contents.verify``, from :func:`new_code`.
    """
    digest = await Store(ctx.settings.data / "files").put_async(ctx.tenant.id, pdf)
    paper = IssuedPaper(
        tenant_id=ctx.tenant.id,
        id=new_id(),
        template=_whole(template),
        series="",
        number=contents.number,
        code=code,
        subject=subject,
        contents=snapshot(contents),
        issued_at=ctx.now,
        issued_by=ctx.actor.id,
        digest=digest,
    )
    async with transaction(ctx):
        await IssuedPaper.insert(paper)
        await audit.record(
            ctx, "documents.paper.issued", f"paper/{paper.id}", number=contents.number, of=subject
        )
    return Issued(paper.id, contents.number, code)


def stamp(ctx: Context, *, number: str, verify: Scan | None) -> Stamp:
    """Return what stands on every paper of today."""
    return Stamp(
        number=number,
        date=long_day(ctx.today, "th"),
        issued_at=ctx.now,
        office=_office(ctx),
        verify=verify,
    )


def _office(ctx: Context) -> Office:
    tenant = ctx.tenant
    contact = [f"โทรศัพท์ {tenant.phone}"] if tenant.phone else []
    contact += [f"ไปรษณีย์อิเล็กทรอนิกส์ {tenant.email}"] if tenant.email else []
    return Office(
        name=tenant.name.th,
        address=[tenant.address.th],
        contact=contact,
        accent=tenant.brand,
    )


def scan(ctx: Context, path: str, code: str) -> Scan:
    """Return the QR code that leads to a page of this municipality."""
    site = ctx.origin.partition("://")[2]
    return Scan(url=f"{ctx.origin}{path}", site=f"{site}{path.rpartition('/')[0]}", code=code)


def signer(ctx: Context) -> Signer:
    """Return the actor as the person who signs now."""
    acting = ctx.actor.acting
    return Signer(
        name=ctx.actor.name,
        post=ctx.actor.post,
        acting=Acting(how=acting.how, post=acting.post, order=acting.order) if acting else None,
        signed=full_moment(ctx.now, "th"),
    )


async def read_pdf(
    ctx: Context, id: UUID, *, subject: str, mark: Mark | None = None, template: str = ""
) -> tuple[bytes, str]:
    """Return the file of a paper and a name for it.

    :param subject: what it must belong to; the way to a paper leads through its owner.
    :param mark: what the sheet shall say of itself in place of what it was issued with.
    :param template: another shape of the same contents, as for a narrow printer; as
        :func:`issue` takes it.
    :raises NotFound: there is no such paper of this subject.
    """
    async with transaction(ctx):
        paper = (
            await IssuedPaper.objects()
            .where(IssuedPaper.of(ctx), IssuedPaper.id == id, IssuedPaper.subject == subject)
            .first()
            .output(load_json=True)
        )
    if paper is None:
        raise NotFound(_NOT_FOUND)
    name = f"{paper.number.replace('/', '-')}.pdf"
    contents = paper.contents | ({} if mark is None else {"mark": mark})
    if template or contents != paper.contents:
        shape = _whole(template) if template else paper.template
        return await _press(ctx).render_async(shape, contents), name
    store = Store(ctx.settings.data / "files")
    if paper.digest is not None:
        return await store.read_async(ctx.tenant.id, paper.digest), name
    pdf = await _press(ctx).render_async(paper.template, paper.contents)
    digest = await store.put_async(ctx.tenant.id, pdf)
    async with transaction(ctx):
        await IssuedPaper.update({IssuedPaper.digest: digest}).where(
            IssuedPaper.of(ctx), IssuedPaper.id == id, IssuedPaper.digest.is_null()
        )
    return pdf, name


async def print_at_once(
    ctx: Context, template: str, contents: Paper, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the file of a paper that is not kept, such as a slip or a guide.

    :param template: as :func:`issue` takes it.
    :param pictures: PNG, JPEG or WebP files by the name the template asks for.
    """
    return await _press(ctx).render_async(_whole(template), snapshot(contents), pictures)


def _whole(template: str) -> str:
    return template if "/" in template else f"documents/{template}.typ"


def _press(ctx: Context) -> Press:
    homes = tuple(ctx.host.gathered("register_papers"))
    return _pressed(ctx.settings.assets / "fonts", homes)


@lru_cache(maxsize=4)
def _pressed(fonts: Path, homes: tuple[tuple[str, Path], ...]) -> Press:
    return Press(fonts, dict(homes))


async def revoke(ctx: Context, id: UUID, *, subject: str, why: str) -> None:
    """Take back a paper: from now on its verification page says so, and why.

    :param subject: what it must belong to, as for :func:`read_pdf`.
    :param why: up to 500 characters; everybody with the paper's code reads it.
    :raises NotFound: there is no such paper of this subject.
    :raises Conflict: it was taken back before.
    """
    which = (IssuedPaper.of(ctx), IssuedPaper.id == id, IssuedPaper.subject == subject)
    async with transaction(ctx):
        revoked = (
            await IssuedPaper.update(
                {IssuedPaper.revoked_at: ctx.now, IssuedPaper.revoked_why: why[:500]}
            )
            .where(*which, IssuedPaper.revoked_at.is_null())
            .returning(IssuedPaper.number)
        )
        if not revoked:
            if not await IssuedPaper.exists().where(*which):
                raise NotFound(_NOT_FOUND)
            raise Conflict(Text("เอกสารนี้ถูกเพิกถอนแล้ว", "This paper has been revoked already."))
        await audit.record(ctx, "documents.paper.revoked", f"paper/{id}", why=why[:500])
        await publish(ctx, "on_paper_revoked", paper=id, subject=subject)


async def papers_of(ctx: Context, subject: str) -> list[dict[str, Any]]:
    """Return the papers of a subject, oldest first: id, title, number, issued_at, revoked_at."""
    async with transaction(ctx):
        rows = (
            await IssuedPaper.select(
                IssuedPaper.id,
                IssuedPaper.number,
                IssuedPaper.contents,
                IssuedPaper.issued_at,
                IssuedPaper.revoked_at,
            )
            .where(IssuedPaper.of(ctx), IssuedPaper.subject == subject)
            .order_by(IssuedPaper.id)
            .output(load_json=True)
        )
    return [
        {name: row[name] for name in ("id", "number", "issued_at", "revoked_at")}
        | {"title": row["contents"]["title"]}
        for row in rows
    ]
