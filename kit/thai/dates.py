"""Days and instants as a Thai office writes them, in the Buddhist Era.

A Buddhist year is the common year plus 543 throughout. Before 2484 the year
began on 1 April, so that January to March of an old register carry a year one
lower than here; who reads such a register corrects it by hand.
"""

from datetime import date, datetime, time, timedelta, timezone

from core.api import MONTHS, WEEKDAYS, Language, Text
from kit.thai.digits import thai_digits

BUDDHIST_OFFSET = 543

# A fixed offset, for Thailand has had no summer time since 1920 and some systems bring no zones.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")

SHORT_MONTHS = (
    Text("ม.ค.", "Jan"),
    Text("ก.พ.", "Feb"),
    Text("มี.ค.", "Mar"),
    Text("เม.ย.", "Apr"),
    Text("พ.ค.", "May"),
    Text("มิ.ย.", "Jun"),
    Text("ก.ค.", "Jul"),
    Text("ส.ค.", "Aug"),
    Text("ก.ย.", "Sep"),
    Text("ต.ค.", "Oct"),
    Text("พ.ย.", "Nov"),
    Text("ธ.ค.", "Dec"),
)

_FULL = Text("วัน{weekday}ที่ {day}", "{weekday} {day}")
_LONG = Text("{day} {month} {year}", "{day} {month} {common_year} (B.E. {year})")
_SHORT = Text("{day} {month} {year}", "{day} {month} {common_year}")
_PAPER = Text("{day} {month} พ.ศ. {year}", "{day} {month} B.E. {year}")
_MONTH = Text("{month} {year}", "{month} {common_year}")
_CLOCK = Text("{hour:02}.{minute:02} น.", "{hour:02}:{minute:02}")
_MOMENT = Text("{day} เวลา {clock}", "{day}, {clock}")


def local(instant: datetime) -> datetime:
    """Return an aware instant as the clocks of Thailand show it.

    :raises ValueError: the instant is naive, so nobody knows which moment it was.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} has no zone")
    return instant.astimezone(BANGKOK)


def said_day(day: date) -> Text:
    """Return a day as both languages write it in a sentence."""
    return Text(long_day(day, "th"), long_day(day, "en"))


def said_day_short(day: date) -> Text:
    """Return a day as both languages write it where there is little room."""
    return Text(short_day(day, "th"), short_day(day, "en"))


def years_later(day: date, years: int) -> date:
    """Return the same day of a later year; from the 29th of February the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def buddhist_year(day: date) -> int:
    """Return the year of ``day`` in the Buddhist Era, e.g. 2569 for 2026."""
    return _day(day).year + BUDDHIST_OFFSET


def fiscal_year(day: date) -> int:
    """Return the budget year of ``day``, named by the Buddhist year in which it ends.

    It runs from 1 October to 30 September: 1 October 2569 is in 2570.
    """
    return buddhist_year(day) + (_day(day).month >= 10)


def fiscal_year_days(year: int) -> tuple[date, date]:
    """Return the first and the last day of a budget year.

    :param year: the Buddhist year in which it ends.
    """
    ends = year - BUDDHIST_OFFSET
    return date(ends - 1, 10, 1), date(ends, 9, 30)


def weekday(day: date, language: Language) -> str:
    """Return the name of the day of the week alone: ``พฤหัสบดี``, ``Thursday``."""
    return WEEKDAYS[_day(day).weekday()].to(language)


def full_day(day: date, language: Language) -> str:
    """Return ``วันพุธที่ 25 พฤศจิกายน 2569``, ``Wednesday 25 November 2026 (B.E. 2569)``."""
    return _FULL.to(language).format(weekday=weekday(day, language), day=long_day(day, language))


def long_day(day: date, language: Language) -> str:
    """Return ``25 พฤศจิกายน 2569``, ``25 November 2026 (B.E. 2569)``."""
    return _write(_LONG, day, MONTHS, language)


def short_day(day: date, language: Language) -> str:
    """Return ``25 พ.ย. 2569``, ``25 Nov 2026``, for lists."""
    return _write(_SHORT, day, SHORT_MONTHS, language)


def paper_day(day: date) -> str:
    """Return ``๒๕ พฤศจิกายน พ.ศ. ๒๕๖๙``, the form of official papers, which are in Thai."""
    return thai_digits(_write(_PAPER, day, MONTHS, "th"))


def month_year(day: date, language: Language) -> str:
    """Return the month of ``day``: ``พฤศจิกายน 2569``, ``November 2026``."""
    return _write(_MONTH, day, MONTHS, language)


def clock_time(moment: datetime | time, language: Language) -> str:
    """Return ``10.42 น.``, ``10:42``.

    :param moment: an aware instant, or a time of day that is local already.
    """
    clock = local(moment) if isinstance(moment, datetime) else moment
    return _CLOCK.to(language).format(hour=clock.hour, minute=clock.minute)


def full_moment(instant: datetime, language: Language) -> str:
    """Return ``20 พฤศจิกายน 2569 เวลา 10.42 น.``, ``20 November 2026 (B.E. 2569), 10:42``."""
    return _moment(long_day(instant, language), instant, language)


def short_moment(instant: datetime, language: Language) -> str:
    """Return ``20 พ.ย. 2569 เวลา 10.42 น.``, ``20 Nov 2026, 10:42``."""
    return _moment(short_day(instant, language), instant, language)


def _moment(day: str, instant: datetime, language: Language) -> str:
    return _MOMENT.to(language).format(day=day, clock=clock_time(instant, language))


def _day(moment: date) -> date:
    """Return the local day, since an instant is a ``date`` to Python and would show UTC's."""
    return local(moment).date() if isinstance(moment, datetime) else moment


def _write(form: Text, moment: date, months: tuple[Text, ...], language: Language) -> str:
    day = _day(moment)
    return form.to(language).format(
        day=day.day,
        month=months[day.month - 1].to(language),
        year=buddhist_year(day),
        common_year=day.year,
    )
