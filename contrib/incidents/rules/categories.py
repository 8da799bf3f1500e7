"""The kinds of incidents, which are data: who mostly gets them, and how their time is counted."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from contrib.incidents.rules.book import DATA
from core.api import Text

Counted = Literal["working", "plain"]


class Group(msgspec.Struct, frozen=True):
    """Kinds that people look for together."""

    code: str
    title: Text


class Category(msgspec.Struct, frozen=True):
    """A kind of incident.

    :param unit: id of the division that mostly gets it.
    :param counted: in hours of the office, or in hours of the clock.
    :param keywords: other words for it, with commas between, in Thai.
    :param assets: kinds of assets that it may be about.
    """

    code: str
    title: Text
    group: str
    unit: str
    counted: Counted
    keywords: str
    assets: tuple[str, ...]


class _File(msgspec.Struct):
    about: str
    groups: tuple[Group, ...]
    categories: tuple[Category, ...]


_FILE = msgspec.json.decode((DATA / "categories.json").read_bytes(), type=_File)
CATEGORIES: Mapping[str, Category] = {one.code: one for one in _FILE.categories}
GROUPS: Mapping[str, Text] = {one.code: one.title for one in _FILE.groups}
COUNTED: Mapping[Counted, Text] = {
    "working": Text("ชั่วโมงทำการ", "working hours"),
    "plain": Text("ชั่วโมง", "hours"),
}


def categories_for(kind: str) -> Sequence[Category]:
    """Return all categories, those of a kind of asset first."""
    return sorted(CATEGORIES.values(), key=lambda one: kind not in one.assets)
