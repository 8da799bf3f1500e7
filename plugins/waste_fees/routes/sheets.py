"""Show a form, filled in as it was sent, with what is wrong beside its fields."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response

from core.api import AppError, Context, InvalidInput, Text, page
from kit.forms import JSON, Place, Reading, fill, read, read_posted
from plugins.waste_fees.forms.sheet import Sheet

AnyRequest = Request[Any, Any, Any]


async def show_sheet(
    request: AnyRequest,
    ctx: Context,
    sheet: Sheet,
    *,
    values: Mapping[str, JSON] | None = None,
    reading: Reading | None = None,
    refusal: AppError | None = None,
    about: str = "",
) -> Response[str]:
    """Show a form.

    :param values: what stands in its fields at first.
    :param reading: what was sent, where it comes back.
    :param refusal: why it comes back; problems of its fields stand beside them.
    :param about: whom or what it is about.
    """
    typed = reading.typed if reading else fill(sheet.fields, values or {})
    wrong: dict[str, Text] = dict(reading.problems) if reading else {}
    if isinstance(refusal, InvalidInput):
        wrong |= refusal.problems
    plain = refusal and not isinstance(refusal, InvalidInput)
    return await page(
        request,
        ctx,
        "waste_fees/form.html",
        status_code=refusal.status_code if refusal else 422 if wrong else 200,
        sheet=sheet,
        typed=typed,
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        refusal=refusal.sentence.to(ctx.language) if refusal and plain else None,
        place=Place.of(ctx),
        about=about,
    )


async def read_sheet(request: AnyRequest, ctx: Context, sheet: Sheet) -> Reading:
    """Return what was sent of a form."""
    return read(sheet.fields, await read_posted(request), Place.of(ctx))
