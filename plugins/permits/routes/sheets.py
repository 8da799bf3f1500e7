"""A form of the desk with files: read, and shown again as it was sent, with what is wrong."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response

from core.api import AppError, Context, InvalidInput, Text, page
from kit.documents import FileRefused
from kit.forms import Place, Posted, Reading, SentFile, read, read_files, read_posted
from plugins.permits.forms.plan import FILES, Groups, fields_of
from plugins.permits.rules.library import What
from plugins.permits.service import files

AnyRequest = Request[Any, Any, Any]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A page with one form.

    :param back: path and words of the way back.
    :param groups: headings, each with its fields.
    :param hidden: what the form sends of its own, by name.
    :param danger: it cannot be undone.
    """

    title: Text
    back: tuple[str, Text]
    groups: Groups
    button: Text
    intro: Text
    hidden: Mapping[str, str] = {}
    danger: bool = False


async def read_sheet(request: AnyRequest, ctx: Context, groups: Groups) -> Reading:
    """Return what was sent of a form; files that can be taken are kept with it."""
    posted, fields = await read_posted(request), fields_of(groups)
    refused = await _keep_files(request, ctx, posted)
    reading = read(fields, posted, Place.of(ctx))
    wrong = reading.problems | refused
    reading.problems.clear()
    for field in fields:
        reading.problems.update({name: wrong[name] for name in field.controls if name in wrong})
    return reading


async def _keep_files(request: AnyRequest, ctx: Context, posted: Posted) -> dict[str, Text]:
    """Keep the files that were sent, put their ids into the form; return the refusals."""
    sent, refused = await read_files(request), dict[str, Text]()
    for what in FILES:
        for one in sent.get(what, [])[:1]:
            try:
                kept = await files.keep(ctx, what, one.filename, await one.read())
            except FileRefused as refusal:
                refused[what] = refusal.sentence
            else:
                posted[what] = [str(kept.id)]
    return refused


def ids_of(values: Mapping[str, Any]) -> dict[What, UUID]:
    """Return the ids of the files of a form, by what they are."""
    return {what: _id(values[what][0]) for what in FILES if values.get(what)}


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)  # of no file, so that it is told to be missing


async def show_sheet(
    request: AnyRequest,
    ctx: Context,
    sheet: Sheet,
    *,
    typed: Mapping[str, list[str]],
    wrong: Mapping[str, Text] | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    """Show a form.

    :param typed: what stands in its fields.
    :param wrong: what is wrong, by field.
    :param refusal: why it comes back; problems of its fields stand beside them.
    """
    known = await files.kept_files(ctx, ids) if (ids := ids_of(typed)) else {}
    problems: dict[str, Text] = dict(wrong or {})
    if isinstance(refusal, InvalidInput):
        problems |= refusal.problems
    said = None if refusal is None or isinstance(refusal, InvalidInput) else refusal.sentence
    return await page(
        request,
        ctx,
        "permits/sheet.html",
        status_code=refusal.status_code if refusal else 422 if problems else 200,
        sheet=sheet,
        typed={name: texts for name, texts in typed.items() if name not in FILES or name in known},
        wrong=problems,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        refusal=said.to(ctx.language) if said else None,
        place=Place.of(ctx),
        files={str(one.id): SentFile(one.name, one.size) for one in known.values()},
    )
