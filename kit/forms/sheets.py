"""A page with one form, at the desk or not: shown, read, and shown again with what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Response

from core.api import AppError, Context, InvalidInput, Text, page
from kit.forms.field import JSON
from kit.forms.files import File, SentFile
from kit.forms.kinds import AnyField
from kit.forms.place import Place
from kit.forms.posted import AnyRequest, read_posted
from kit.forms.reading import Reading, fill, read

Groups = tuple[tuple[Text, tuple[AnyField, ...]], ...]
"""Headings, each with its fields; under an empty heading they stand without one."""

_NO_HEADING = Text("", "")


class Sheet(msgspec.Struct, frozen=True):
    """A page with one form, which is sent to the address of the page.

    :param back: path and words of the way back.
    :param intro: what to know before filling it in.
    :param hidden: what the form sends of its own, by name.
    :param danger: what its button does cannot be undone.
    """

    title: Text
    back: tuple[str, Text]
    groups: Groups
    button: Text
    intro: Text | None = None
    hidden: Mapping[str, str] = {}
    danger: bool = False

    @property
    def takes_files(self) -> bool:
        """Whether one of its fields is for files."""
        return any(isinstance(one, File) for one in fields_of(self.groups))


def ungrouped(*fields: AnyField) -> Groups:
    """Return fields that stand without a heading."""
    return ((_NO_HEADING, fields),)


def fields_of(groups: Groups) -> list[AnyField]:
    """Return the fields of all groups, in their order."""
    return [field for _, fields in groups for field in fields]


async def read_sheet(request: AnyRequest, ctx: Context, sheet: Sheet) -> Reading:
    """Return what was sent of a form."""
    return read(fields_of(sheet.groups), await read_posted(request), Place.of(ctx))


async def show_sheet(
    request: AnyRequest,
    ctx: Context,
    sheet: Sheet,
    *,
    values: Mapping[str, JSON] | None = None,
    reading: Reading | None = None,
    refusal: AppError | None = None,
    about: str = "",
    wrong: Mapping[str, Text] = {},
    files: Mapping[str, SentFile] = {},
) -> Response[str]:
    """Show a form; its status is that of the refusal, or 422 where something is wrong.

    :param values: what stands in its fields at first.
    :param reading: what was sent, where it comes back.
    :param refusal: why it comes back; problems of its fields stand beside them.
    :param about: whom or what it is about.
    :param wrong: what is wrong beyond what the reading found, by id of the control.
    :param files: those that were sent before, by id.
    """
    fields = fields_of(sheet.groups)
    return await form_page(
        request,
        ctx,
        "forms/sheet.html",
        fields=fields,
        typed=reading.typed if reading else fill(fields, values or {}),
        wrong={**(reading.problems if reading else {}), **wrong},
        refusal=refusal,
        sheet=sheet,
        about=about,
        files=files,
    )


async def form_page(
    request: AnyRequest,
    ctx: Context,
    template: str,
    *,
    fields: Sequence[AnyField] = (),
    typed: Mapping[str, Sequence[str]] = {},
    wrong: Mapping[str, Text] = {},
    refusal: AppError | None = None,
    **more: Any,
) -> Response[str]:
    """Return a page with a form in a template of one's own; its status is as that of a sheet.

    Beside the values the template is given ``place``, ``problems`` and ``refusal`` in the language
    of the page, and ``wrong`` with all that is wrong.

    :param fields: in whose order problems are told.
    :param typed: what stands in their controls.
    :param wrong: what is wrong beyond what the refusal says, by id of the control.
    :param refusal: why the form comes back; problems of its fields stand beside them.
    """
    told = refusal.problems if isinstance(refusal, InvalidInput) else {}
    problems = _in_order(fields, {**wrong, **told})
    plain = None if refusal is None or isinstance(refusal, InvalidInput) else refusal.sentence
    return await page(
        request,
        ctx,
        template,
        status_code=refusal.status_code if refusal else 422 if problems else 200,
        fields=fields,
        typed=typed,
        wrong=problems,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        refusal=plain.to(ctx.language) if plain else None,
        place=Place.of(ctx),
        **more,
    )


def _in_order(fields: Sequence[AnyField], problems: Mapping[str, Text]) -> dict[str, Text]:
    """Return problems in the order of the form, then those of none of its controls."""
    controls = [name for field in fields for name in field.controls if name in problems]
    return {name: problems[name] for name in (*controls, *problems)}
