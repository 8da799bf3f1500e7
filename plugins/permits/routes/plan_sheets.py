"""The form of a standard plan: its files are kept when they come, whatever else is wrong."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response

from core.api import AppError, Context, Text
from kit.documents import FileRefused
from kit.forms import (
    JSON,
    AnyRequest,
    Place,
    Posted,
    Reading,
    SentFile,
    Sheet,
    fields_of,
    read,
    read_files,
    read_posted,
    show_sheet,
)
from plugins.permits.forms.plan import FILES
from plugins.permits.rules.library import What
from plugins.permits.service import files


async def read_plan(request: AnyRequest, ctx: Context, sheet: Sheet) -> Reading:
    """Return what was sent of a form; files that can be taken are kept with it."""
    posted = await read_posted(request)
    refused = await _keep_files(request, ctx, posted)
    reading = read(fields_of(sheet.groups), posted, Place.of(ctx))
    reading.problems.update(refused)
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


async def show_plan_sheet(
    request: AnyRequest,
    ctx: Context,
    sheet: Sheet,
    *,
    values: Mapping[str, JSON] | None = None,
    reading: Reading | None = None,
    refusal: AppError | None = None,
    wrong: Mapping[str, Text] = {},
) -> Response[str]:
    """Show a form as :func:`show_sheet` does, with the files that are kept."""
    shown: dict[str, Any] = reading.typed if reading else dict(values or {})
    ids = ids_of(shown)
    known = await files.kept_files(ctx, ids) if ids else {}
    for lost in ids.keys() - known.keys():
        del shown[lost]
    return await show_sheet(
        request,
        ctx,
        sheet,
        values=shown,
        reading=reading,
        refusal=refusal,
        wrong=wrong,
        files={str(one.id): SentFile(one.name, one.size) for one in known.values()},
    )
