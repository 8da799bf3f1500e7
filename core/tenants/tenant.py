"""A municipality as every page and job sees it: read once, kept until something changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from core.days import WEEKDAYS
from core.text import Language, Text

BANGKOK = ZoneInfo("Asia/Bangkok")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A division (สำนัก กอง ส่วน ฝ่าย งาน หน่วย) of the office.

    :param parent: id of the unit it belongs to; None for one that stands directly below the clerk.
    """

    id: str
    name: Text
    kind: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When the office is open: the same hours on each of its weekdays (Monday is 0)."""

    opens: time = time(8, 30)
    closes: time = time(16, 30)
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)

    @property
    def text(self) -> Text:
        """Weekdays and hours: ``จันทร์–ศุกร์ 08.30–16.30 น.``, ``Monday–Friday 08:30–16:30``."""
        return Text(
            f"{self._days('th', ' และ ')} {self.opens:%H.%M}–{self.closes:%H.%M} น.",
            f"{self._days('en', ' and ')} {self.opens:%H:%M}–{self.closes:%H:%M}",
        )

    def _days(self, language: Language, last: str) -> str:
        """Return the weekdays in words; of three and more in a row the first and the last."""
        runs: list[list[int]] = []
        for day in sorted(set(self.weekdays)):
            if runs and runs[-1][-1] == day - 1:
                runs[-1].append(day)
            else:
                runs.append([day])
        parts = [
            part
            for run in runs
            for part in ([(run[0], run[-1])] if len(run) > 2 else [(day, day) for day in run])
        ]
        words = [
            "–".join(dict.fromkeys(WEEKDAYS[day].to(language) for day in part)) for part in parts
        ]
        return last.join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """The operator has put the whole municipality to rest.

    :param since: aware, UTC.
    :param why: shown to everybody who comes.
    """

    since: datetime
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """A local administrative organisation (LAO, อปท.).

    :param id: short and for ever, e.g. ``maehia``; also the first label of its host name.
    :param kind: อบจ. เทศบาลนคร เทศบาลเมือง เทศบาลตำบล อบต. or a special form.
    :param code: the eight digits of the Department of Local Administration, "" when unknown.
    :param place: district and province, e.g. อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่.
    :param address: the office, in one line.
    :param subdistricts: codes (six digits) of the subdistricts it covers in whole or part.
    :param brand: the colour that an administrator picked, ``#rrggbb``.
    :param logo: digest of its file, "" for none; the page's own seal stands there then.
    :param closed: days on which the office is closed though the weekday is open.
    :param opened: days on which it is open though a weekend or a holiday.
    :param plugins: names of the plugins that answer for it now: switched on, not quarantined.
    :param quarantined: names of those switched on and resting after failures.
    :param stopped: names of those whose version the catalog stopped for everybody, and why.
    :param settings: for each plugin what the office has set, as plain JSON values.
    :param secret: its own, locked; None: its keys are drawn from the installation's.
    :param suspended: None while it is served as always.
    :param memory: what rooms keep in this process of the municipality's own settings, by a key
        that begins with the room's name; forgotten whenever something about it changes.
    """

    id: str
    kind: str
    code: str = ""
    name: Text
    place: Text
    address: Text
    phone: str = ""
    email: str = ""
    subdistricts: tuple[str, ...] = ()
    brand: str = "#2a4480"
    logo: str = ""
    zone: ZoneInfo = BANGKOK
    hours: Hours = Hours()
    closed: Mapping[date, Text] = field(default_factory=dict)
    opened: frozenset[date] = frozenset()
    units: Mapping[str, Unit] = field(default_factory=dict)
    plugins: frozenset[str] = frozenset()
    quarantined: frozenset[str] = frozenset()
    stopped: Mapping[str, Text] = field(default_factory=dict)
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    secret: bytes | None = field(default=None, repr=False)
    suspended: Suspension | None = None
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def is_open(self, day: date) -> bool:
        """Return whether the office is open on a day; days of its own order win."""
        return day in self.opened or (
            day.weekday() in self.hours.weekdays and day not in self.closed
        )
