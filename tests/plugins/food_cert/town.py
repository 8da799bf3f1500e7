"""Five years of a town as they are told: who opens, grows, pays, closes, and what the office sets.

What happens is drawn from names and days alone, so that the town that is simulated and the one
that is reckoned slowly by hand (``town_oracle``) meet the same people.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

START, END = date(2027, 1, 1), date(2031, 12, 31)
BEFORE = date(2022, 1, 1)
CASH_DAY = 1  # of the month: who pays then comes to the counter
NEVER = date(2099, 1, 1)
C, L = "certificate", "licence"
NOTED = 12_345  # satang that a licence costs with its first year
ONE = timedelta(days=1)

# Set on a day, for years that begin on another: (paper, above, up to, satang).
BANDS = {
    date(2027, 3, 1): (
        date(2027, 6, 1),
        [(C, 0, 50, 3_335), (C, 50, 200, 15_050), (L, 200, None, 50_025)],
    ),
    date(2029, 1, 10): (
        date(2029, 4, 1),
        [(C, 0, 120, 7_001), (C, 120, 200, 21_999), (L, 200, 400, 49_999), (L, 400, None, 99_999)],
    ),
}
EXAMPLE = [(C, 0, 200, 10_000), (L, 200, None, 20_000)]


@dataclass(frozen=True)
class Waive:
    """A waiver as the office sets it; ``withdrawn`` on a day before it begins."""

    added: date
    first: date
    last: date
    percent: int
    instrument: str = ""
    withdrawn: date = NEVER


WAIVERS = (
    Waive(date(2028, 2, 10), date(2028, 3, 1), date(2029, 2, 28), 100, C),
    Waive(date(2029, 6, 1), date(2029, 6, 1), date(2029, 9, 30), 33),
    Waive(date(2029, 7, 1), date(2029, 7, 1), date(2029, 12, 31), 60, L),
    Waive(date(2030, 1, 15), date(2030, 3, 1), date(2030, 12, 31), 50, withdrawn=date(2030, 2, 20)),
)


@dataclass(frozen=True)
class Script:
    """What becomes of one place."""

    no: int
    opened_on: date
    instrument: str
    area: Decimal
    closes: date
    grows: date
    becomes: Decimal
    suspended: date

    @property
    def bad(self) -> bool:
        """Who hardly ever pays by themselves."""
        return coin("bad", self.no) < 0.3


def anniversary(opened: date, years: int) -> date:
    leap = (opened.year + years) % 4 == 0
    if (opened.month, opened.day) == (2, 29) and not leap:
        return date(opened.year + years, 3, 1)
    return date(opened.year + years, opened.month, opened.day)


def running(opened: date, day: date) -> int:
    year = 0
    while anniversary(opened, year) <= day:
        year += 1
    return year


def until_of(one: Script, day: date) -> date:
    """Return the last day of the licence of a place that runs on a day."""
    if one.instrument != L:
        return NEVER
    return anniversary(one.opened_on, max(1, running(one.opened_on, day))) - ONE


def coin(*words: object) -> float:
    return Random("/".join(map(str, words))).random()  # noqa: S311 - the same town every time


def the_town(places: int) -> list[Script]:
    return [_script(no) for no in range(places)]


def _script(no: int) -> Script:
    chance = Random(f"place/{no}")  # noqa: S311
    # Most are there already; one in nine opened, or will, on a 29 February.
    opened_on = BEFORE + timedelta(days=chance.randrange((END - BEFORE).days - 200))
    if no % 9 == 4:
        opened_on = date(2024, 2, 29) if no % 2 else date(2028, 2, 29)
    instrument = C if chance.random() < 0.7 else L
    low, high = (1, 20_000) if instrument == C else (20_001, 70_000)
    areas = [Decimal(chance.choice([low, high, chance.randint(low, high)])) / 100 for _ in "12"]
    first = max(START, opened_on)

    def some_day(likely: float) -> date:
        left = (END - first).days
        return (
            first + timedelta(days=chance.randrange(10, left))
            if chance.random() < likely
            else NEVER
        )

    days = some_day(0.35), some_day(0.3), some_day(0.1)
    return Script(no, opened_on, instrument, areas[0], days[0], days[1], areas[1], days[2])


def renewal(no: int, until: date) -> bool:
    """Whether the renewal of a licence that ends on a day is asked for."""
    return coin("renewal", no, until) < 0.8


def is_ordered(no: int, day: date) -> bool:
    """Whether who can be stopped is, on the first of a month."""
    return coin("stop", no, day) < 0.5


def pays_up(no: int, stopped: date) -> date:
    """Return when a place that was stopped pays all that it owes."""
    if coin("pays up", no, stopped) < 0.2:
        return NEVER
    return stopped + timedelta(days=15 + int(coin("when", no, stopped) * 500))


def payments(
    one: Script, year: int, what: str, turn: int, made: date, due: date
) -> list[tuple[date, int]]:
    """Return when somebody comes to pay for a bill, and which part of what is owed then.

    :param what: fee or surcharge.
    :param turn: which bill of it, from 1.
    :returns: days, each with 1 for all of it, 2 for a half.
    """
    words = (one.no, year, what, turn)
    way, later = coin("way", *words), int(coin("later", *words) * 120)
    room = max(1, (due - made).days)
    if one.bad and way < 0.85:
        found: list[tuple[date, int]] = []
    elif way < 0.55:
        found = [(made + timedelta(days=1 + later % room), 1)]
    elif way < 0.75:
        found = [(due + timedelta(days=later), 1)]
    elif way < 0.85:
        found = [(due - timedelta(days=1), 2), (due + timedelta(days=later), 1)]
    elif way < 0.95:
        found = [(due, 2)]
    else:
        found = []
    return [(max(day, made + timedelta(days=1)), part) for day, part in found]
