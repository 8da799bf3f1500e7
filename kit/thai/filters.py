"""Templates' filters: ``{{ case.due_on | day }}``, ``{{ fee | amount }}``.

Those that speak take the language of the page from ``lang`` of the template's context, or as the
keyword ``language`` where a page quotes the other one.
"""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from core.api import Language
from kit.thai import dates, digits, ids, money, phones, words


def spoken(write: Callable[[Any, Language], str]) -> Callable[..., str]:
    """Return a filter of ``write`` that looks up the language of the page."""

    @pass_context
    def written(context: Context, value: Any, language: Language | None = None) -> str:
        return write(value, language or context["lang"])

    return written


@pass_context
def keep(context: Context, text: str) -> Markup:
    """Return ``text`` with what must stay on one line wrapped, see :func:`kit.thai.keep`.

    The page may carry ``place_names``: the names of this municipality's places. Where it is not
    in Thai, a text that is gets marked as such.
    """
    kept = words.keep(text, context.get("place_names") or ())
    if context.get("lang", "th") == "th" or not _mostly_thai(str(text)):
        return kept
    return Markup('<span lang="th">{}</span>').format(kept)


def _mostly_thai(text: str) -> bool:
    """Return whether somebody wrote the text in Thai, names and figures in it aside."""
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum("\u0e01" <= sign <= "\u0e5b" for sign in letters) > len(letters)


FILTERS: Mapping[str, Callable[..., str]] = {
    "day": spoken(dates.long_day),
    "day_full": spoken(dates.full_day),
    "day_short": spoken(dates.short_day),
    "moment": spoken(dates.full_moment),
    "moment_short": spoken(dates.short_moment),
    "clock_time": spoken(dates.clock_time),
    "weekday": spoken(dates.weekday),
    "month_year": spoken(dates.month_year),
    "amount": spoken(money.amount),
    "baht": money.baht,
    "thai_digits": digits.thai_digits,
    "phone": phones.show_phone,
    "phone_masked": phones.mask_phone,
    "id_masked": ids.mask_national_id,
    "keep": keep,
}
