"""What pages share: a form that does one thing, numbers that are asked for, files."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.response import Redirect

from core.api import AppError, Context
from kit.forms import (
    AnyRequest,
    Place,
    Sheet,
    fields_of,
    read,
    read_posted,
    read_revision,
    revision_of,
    show_sheet,
)
from kit.thai import buddhist_year

YEARS = range(1_000, 10_000)  # of four digits
LAST = 9_999_999  # no register of ours comes near

Do = Callable[[Mapping[str, Any], int], Awaitable[object]]


async def take_sheet(
    request: AnyRequest, ctx: Context, sheet: Sheet, do: Do, *, about: str = ""
) -> Response[str] | Redirect:
    """Do what a form asks for and lead back, or show it again with what is wrong.

    :param do: called with the values, and the revision that the page was based on.
    """
    posted = await read_posted(request)
    reading = read(fields_of(sheet.groups), posted, Place.of(ctx))
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading, about=about)
    try:
        await do(reading.values, revision_of(posted))
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal, about=about)
    return Redirect(sheet.back[0], status_code=303)


def number_asked(request: AnyRequest, name: str) -> int:
    """Return a number of the query; 0 for none or what is none."""
    number = read_revision(request.query_params.get(name, ""))
    return number if 0 < number <= LAST else 0


def year_asked(request: AnyRequest, ctx: Context) -> int:
    """Return the year of the query, B.E.; this one for none or what is none."""
    year = number_asked(request, "year")
    return year if year in YEARS else buddhist_year(ctx.today)


def as_it_came(data: bytes, name: str, mime: str) -> Response[bytes]:
    """Return the answer with a file of a letter, which the browser does not keep."""
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(data, media_type=mime, headers=headers)


def pdf(data: bytes, name: str) -> Response[bytes]:
    """Return the answer with a paper that is not kept by the browser."""
    headers = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(data, media_type="application/pdf", headers=headers)
