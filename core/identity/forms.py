"""What the pages of identity post, and how a refused form is shown again."""

from collections.abc import Mapping
from datetime import date
from typing import Any, overload

from litestar import Request, Response

from core.context import Context
from core.errors import AppError, Conflict, InvalidInput, NotAllowed, TooMany
from core.http.pages import page
from core.http.reentry import PASSWORDS
from core.identity.identifiers import plain_digits
from core.text import Text

AnyRequest = Request[Any, Any, Any]

# What a form is shown again for, with the sentence above it.
REFUSALS = (InvalidInput, Conflict, NotAllowed, TooMany)
_LONGEST = 2000
_BUDDHIST = 543

_WHOLE_DAY = Text(
    "กรอกวันที่ เดือน และปี พ.ศ. ให้ครบ เช่น 20 พฤศจิกายน 2569",
    "Give day, month and year of the Buddhist Era, such as 20 November 2569.",
)
_COMMON_ERA = Text(
    "ปี {year} เป็น ค.ศ. กรุณากรอกปีเป็น พ.ศ. เช่น {buddhist}",
    "{year} is a year of the Common Era. Give it in the Buddhist Era, such as {buddhist}.",
)


async def typed(request: AnyRequest, *names: str) -> dict[str, str]:
    """Return what was typed into the fields named, "" where nothing was; at most 2,000 signs."""
    form = await request.form()
    values = {name: form.get(name, "") for name in names}
    return {
        name: value[:_LONGEST] if isinstance(value, str) else "" for name, value in values.items()
    }


async def ticked(request: AnyRequest, name: str) -> list[str]:
    """Return the values of all boxes of a name that were ticked."""
    form = await request.form()
    return [value for value in form.getall(name, []) if isinstance(value, str)]


async def show_form(
    request: AnyRequest,
    ctx: Context,
    template: str,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: AppError | None = None,
    **values: Any,
) -> Response[str]:
    """Show a form, empty or with what was typed and what is wrong with it.

    :param typed: by the field's name; passwords are left out.
    """
    problems = wrong.problems if isinstance(wrong, InvalidInput) else {}
    kept = {
        name: value for name, value in (typed or {}).items() if name not in (*PASSWORDS, "code")
    }
    answer = await page(
        request,
        ctx,
        template,
        status_code=wrong.status_code if wrong else 200,
        typed=kept,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        refusal=wrong.sentence.to(ctx.language) if wrong and not problems else None,
        **values,
    )
    if isinstance(wrong, TooMany):
        answer.headers["Retry-After"] = str(wrong.retry_after)
    return answer


@overload
def read_day(given: Mapping[str, str], name: str) -> date: ...


@overload
def read_day(given: Mapping[str, str], name: str, *, optional: bool) -> date | None: ...


def read_day(given: Mapping[str, str], name: str, *, optional: bool = False) -> date | None:
    """Return the day that was typed as day, month and year of the Buddhist Era.

    :param given: ``name.day``, ``name.month``, ``name.year`` as typed.
    :raises InvalidInput: it is no day.
    """
    parts = [plain_digits(given[f"{name}.{part}"]).strip() for part in ("day", "month", "year")]
    if optional and not any(parts):
        return None
    if not all(part.isdecimal() and len(part) <= 4 for part in parts):
        raise InvalidInput({f"{name}.day": _WHOLE_DAY})
    day, month, year = map(int, parts)
    if 1800 <= year < 2400:
        words = _COMMON_ERA.format(year=year, buddhist=year + _BUDDHIST)
        raise InvalidInput({f"{name}.year": words})
    try:
        return date(year - _BUDDHIST, month, day)
    except ValueError as problem:
        raise InvalidInput({f"{name}.day": _WHOLE_DAY}) from problem
