"""How Thailand writes, counts and shortens: digits, days, money, numbers, names, words.

Pure functions of their arguments for every other room of the kit and for plugins: the Buddhist
Era and the budget year, working days and the limits of the law, baht in figures and words, land,
checked and masked numbers of people and phones, names, line breaks, pieces for searching.
What cannot be read is refused with ``Unreadable``, whose sentence stands beside the field.
"""

from core.api import LEVEL, MONTHS, WEEKDAYS
from kit.thai.closures import seed_holidays
from kit.thai.dates import (
    BANGKOK,
    BUDDHIST_OFFSET,
    SHORT_MONTHS,
    buddhist_year,
    clock_time,
    fiscal_year,
    fiscal_year_days,
    full_day,
    full_moment,
    local,
    long_day,
    month_year,
    paper_day,
    said_day,
    said_day_short,
    short_day,
    short_moment,
    weekday,
    years_later,
)
from kit.thai.digits import ascii_digits, thai_digits
from kit.thai.filters import FILTERS
from kit.thai.ids import (
    mask_national_id,
    parse_house_code,
    parse_juristic_id,
    parse_national_id,
    parse_tax_id,
    show_house_code,
    show_juristic_id,
    show_national_id,
)
from kit.thai.land import land, land_area, land_parts
from kit.thai.money import LARGEST_AMOUNT, amount, baht, baht_text, parse_baht
from kit.thai.names import TITLES, full_name, initials, mask_name, short_name
from kit.thai.ngrams import (
    ngrams,
    query_ngrams,
    search_form,
    search_queries,
    search_query,
    search_vector,
)
from kit.thai.phones import mask_phone, parse_phone, show_phone
from kit.thai.refusals import Unreadable
from kit.thai.typed_dates import parse_day, parse_year
from kit.thai.words import glue, keep
from kit.thai.workdays import (
    Calendar,
    Days,
    Limit,
    WorkingDays,
    add_working_days,
    calendar_of,
    due,
    late_letter_days,
    next_open,
    working_days_between,
)

__all__ = [
    "BANGKOK",
    "BUDDHIST_OFFSET",
    "FILTERS",
    "LARGEST_AMOUNT",
    "LEVEL",
    "MONTHS",
    "SHORT_MONTHS",
    "TITLES",
    "WEEKDAYS",
    "Calendar",
    "Days",
    "Limit",
    "Unreadable",
    "WorkingDays",
    "add_working_days",
    "amount",
    "ascii_digits",
    "baht",
    "baht_text",
    "buddhist_year",
    "calendar_of",
    "clock_time",
    "due",
    "fiscal_year",
    "fiscal_year_days",
    "full_day",
    "full_moment",
    "full_name",
    "glue",
    "initials",
    "keep",
    "land",
    "land_area",
    "land_parts",
    "late_letter_days",
    "local",
    "long_day",
    "mask_name",
    "mask_national_id",
    "mask_phone",
    "month_year",
    "next_open",
    "ngrams",
    "paper_day",
    "parse_baht",
    "parse_day",
    "parse_house_code",
    "parse_juristic_id",
    "parse_national_id",
    "parse_phone",
    "parse_tax_id",
    "parse_year",
    "query_ngrams",
    "said_day",
    "said_day_short",
    "search_form",
    "search_queries",
    "search_query",
    "search_vector",
    "seed_holidays",
    "short_day",
    "short_moment",
    "short_name",
    "show_house_code",
    "show_juristic_id",
    "show_national_id",
    "show_phone",
    "thai_digits",
    "weekday",
    "working_days_between",
    "years_later",
]
