"""How long a document is kept, and where it stands meanwhile.

A document is kept until the 31st of December of its last Buddhist year, counted from the year in
which it was dealt with. Some are kept for good, some until a year that another law sets.

Law: Regulation on Correspondence B.E. 2526, cl. 52 to 57 (stages; classes and periods unverified).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec

from core.api import Text
from kit.law import Limits
from kit.thai import BUDDHIST_OFFSET, buddhist_year

DEFAULT, SECRET = "ordinary", "secret"


class Stage(StrEnum):
    """Where a document is kept."""

    WORKING = "working"
    FINISHED = "finished"
    AUDIT = "audit"
    HANDED = "handed"
    STORED = "stored"
    DESTROYED = "destroyed"
    ARCHIVED = "archived"


STAGES: Mapping[str, Text] = {
    Stage.WORKING: Text("เก็บระหว่างปฏิบัติ", "Kept while it is worked on"),
    Stage.FINISHED: Text("ปฏิบัติเสร็จแล้ว รอส่งเก็บ", "Dealt with, to be handed to storage"),
    Stage.AUDIT: Text("เก็บไว้เพื่อใช้ในการตรวจสอบ", "Kept by its owner for audit"),
    Stage.HANDED: Text("ส่งเก็บแล้ว รอหน่วยเก็บรับ", "Handed over, to be taken by storage"),
    Stage.STORED: Text("เก็บที่หน่วยเก็บแล้ว", "In storage"),
    Stage.DESTROYED: Text("ทำลายต้นฉบับกระดาษแล้ว", "Paper original destroyed"),
    Stage.ARCHIVED: Text("ส่งหอจดหมายเหตุแห่งชาติแล้ว", "With the National Archives"),
}
TONES: Mapping[str, str] = {
    Stage.WORKING: "run",
    Stage.FINISHED: "warn",
    Stage.AUDIT: "info",
    Stage.HANDED: "warn",
    Stage.STORED: "ok",
    Stage.DESTROYED: "bad",
    Stage.ARCHIVED: "info",
}
# Where the paper is in the office's hands and its owner may still hand it over.
WITH_OWNER = (Stage.FINISHED, Stage.AUDIT)
# Where paper is that the office can still dispose of; on the way to storage it waits.
ON_SHELF = (Stage.FINISHED, Stage.AUDIT, Stage.STORED)
WITH_OFFICE = (Stage.FINISHED, Stage.AUDIT, Stage.HANDED, Stage.STORED)


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """A class of keeping.

    :param ends: after ``years`` of a figure, ``never``, or in a year ``set`` for each document.
    """

    code: str
    title: Text
    note: Text
    ends: Literal["years", "never", "set"]
    figure: str = ""


class _Classes(msgspec.Struct):
    classes: tuple[Retention, ...]


_FILE = Path(__file__).parents[1] / "data" / "retention.json"
CLASSES: Mapping[str, Retention] = {
    one.code: one for one in msgspec.json.decode(_FILE.read_bytes(), type=_Classes).classes
}
SET_BY_LAW = frozenset(one.code for one in CLASSES.values() if one.ends == "set")
# What may be chosen of a document that is no secret.
OFFERED: Mapping[str, Text] = {
    one.code: one.title for one in CLASSES.values() if one.code != SECRET
}
_FOR_GOOD = Text("ห้ามทำลาย", "Never to be destroyed")
_UNTIL = Text("เก็บถึง พ.ศ. {year}", "Kept until B.E. {year}")
_UNSET = Text("ยังไม่ได้กำหนดปีที่เก็บถึง", "The last year is not set yet")


def class_of(code: str) -> Retention:
    """Return a class of keeping, the usual one where none was chosen.

    One that the data no longer has is kept for good, until somebody chooses another.
    """
    known = CLASSES.get(code or DEFAULT)
    gone = Text(code, code)
    return known or Retention(code=code, title=gone, note=gone, ends="never")


def chosen(code: str, secrecy: str) -> str:
    """Return the class of a new document: what was chosen, the usual one, or that of a secret."""
    if secrecy != "normal":
        return SECRET
    return code if code in OFFERED else DEFAULT


def last_year(code: str, closed_on: date, limits: Limits, until: int | None = None) -> int | None:
    """Return the last Buddhist year in which a document is kept.

    :param until: the year that was set for this one, by a law or a committee.
    :returns: None for good, or for as long as no year is set.
    """
    if until is not None:
        return until
    kind = class_of(code)
    if kind.ends != "years":
        return None
    return buddhist_year(closed_on) + limits[kind.figure].whole


def last_day(year: int) -> date:
    """Return the last day of a Buddhist year."""
    return date(year - BUDDHIST_OFFSET, 12, 31)


def cuts(limits: Limits, year: int) -> dict[str, date]:
    """Return by class until when a document was dealt with whose time is over in a year.

    :param year: Buddhist, in which the list is drawn; the last year of keeping lies before it.
    """
    return {
        kind.code: last_day(year - 1 - limits[kind.figure].whole)
        for kind in CLASSES.values()
        if kind.ends == "years"
    }


def made_before(limits: Limits, year: int) -> date:
    """Return the last day on which a document was made that has come of age before a year.

    Law: Regulation on Correspondence B.E. 2526, cl. 58 (20 years, unverified).
    """
    return last_day(year - 1 - limits["archives.years"].whole)


def stamp_of(code: str, last: int | None) -> Text:
    """Return the words of the stamp of keeping (ตรากำหนดเก็บหนังสือ)."""
    if last is not None:
        return _UNTIL.format(year=last)
    return _UNSET if class_of(code).ends == "set" else _FOR_GOOD
