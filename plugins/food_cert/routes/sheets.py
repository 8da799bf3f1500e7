"""Show a form, filled in as it was sent, with what is wrong beside its fields."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response

from core.api import AppError, Context, InvalidInput, Text, page
from kit.casework import read_posted
from kit.forms import JSON, AnyField, Place, Reading, fill, read
from plugins.food_cert.forms.sheet import Sheet

AnyRequest = Request[Any, Any, Any]


def _fields(sheet: Sheet) -> list[AnyField]:  # stand-in
    return [one for _, fields in sheet.groups for one in fields]


async def read_sheet(request: AnyRequest, ctx: Context, sheet: Sheet) -> Reading:  # stand-in
    """Return what was sent of a form."""
    return read(_fields(sheet), await read_posted(request), Place.of(ctx))


async def show_sheet(  # stand-in
    request: AnyRequest,
    ctx: Context,
    sheet: Sheet,
    *,
    values: Mapping[str, JSON] | None = None,
    reading: Reading | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    """Show a form.

    :param values: what stands in its fields at first.
    :param reading: what was sent, where it comes back.
    :param refusal: why it comes back; problems of its fields stand beside them.
    """
    wrong: dict[str, Text] = dict(reading.problems) if reading else {}
    if isinstance(refusal, InvalidInput):
        wrong |= refusal.problems
    plain = refusal and not isinstance(refusal, InvalidInput)
    return await page(
        request,
        ctx,
        "food_cert/sheet.html",
        status_code=refusal.status_code if refusal else 422 if wrong else 200,
        sheet=sheet,
        typed=reading.typed if reading else fill(_fields(sheet), values or {}),
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        refusal=refusal.sentence.to(ctx.language) if refusal and plain else None,
        place=Place.of(ctx),
    )
