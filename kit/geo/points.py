"""A place on the earth, read from what somebody typed or pasted, and written back."""

import re

import msgspec

from core.api import Text
from kit.geo.pasted import SHORTENED, from_link
from kit.thai import Unreadable, ascii_digits

# A frame around the country, islands and all, in degrees north and east.
SOUTH, NORTH = 5.0, 21.0
WEST, EAST = 97.0, 106.0

EXAMPLE = "18.74120, 98.92310"

_SHORTENED = Text(
    "ลิงก์ย่อนี้ไม่มีพิกัดอยู่ในตัว เปิดลิงก์ในแอปแผนที่ แตะค้างที่จุดนั้น แล้วคัดลอกพิกัด เช่น {example}",
    "This short link has no coordinates in it. Open it in the map app, press and hold on the "
    "place, and copy the coordinates, for example {example}.",
)
_UNREADABLE = Text(
    f"กรอกละติจูดและลองจิจูดเป็นทศนิยม เช่น {EXAMPLE}",
    f"Give latitude and longitude as decimals, for example {EXAMPLE}.",
)
_SWAPPED = Text(
    "ลองจิจูดกับละติจูดสลับกัน กรอกละติจูดก่อน เป็น {right}",
    "Longitude and latitude are the wrong way round. Give the latitude first: {right}.",
)
_ABROAD = Text(
    "พิกัด {typed} อยู่นอกประเทศไทย ตรวจตัวเลขอีกครั้ง เช่น " + EXAMPLE,
    "{typed} is outside Thailand. Check the figures; they look like " + EXAMPLE + ".",
)

_NUMBER = r"(-?\d{1,3}(?:\.\d{1,15})?)"
_BETWEEN = r" ?[°º]? ?[Nn]?(?: ?[,;/|，、] ?| |(?<=[Nn]))"
_DECIMALS = re.compile(rf"[(\[]? ?{_NUMBER}{_BETWEEN}{_NUMBER} ?[°º]? ?[Ee]? ?[)\]]?")
_DEGREES = r"(\d{1,3}) ?[°º] ?(\d{1,2}) ?['′’] ?(\d{1,2}(?:\.\d{1,6})?) ?(?:\"|″|”|'') ?"
_SEXAGESIMAL = re.compile(rf"{_DEGREES}[Nn]? ?[,;]? ?{_DEGREES}[Ee]?")
_WITH_MINUTES = r"(\d{1,3}) ?[°º] ?(\d{1,2}(?:\.\d{1,8})?) ?['′’] ?"
_MINUTES = re.compile(rf"{_WITH_MINUTES}[Nn]? ?[,;]? ?{_WITH_MINUTES}[Ee]?")
# What stands before the figures: words that name them, and the letters of the directions.
_NAMES = re.compile(
    r"(?:ละติจูด|ลองจิจูด|พิกัด|latitude|longitude|lati?|long?|lng)\.? ?[:=]? ?"
    r"|(?<![^\s,;])[ne] ?(?=\d)",
    re.IGNORECASE,
)


class Point(msgspec.Struct, frozen=True):
    """A place in degrees of WGS 84: ``lat`` north of the equator, ``lon`` east of Greenwich."""

    lat: float
    lon: float

    def __str__(self) -> str:
        return f"{self.lat:.5f}, {self.lon:.5f}"

    @classmethod
    def parse(cls, text: str) -> "Point":
        """Read a place in Thailand, latitude first, to five decimals (about a metre).

        Taken are decimals, ``18.74120, 98.92310`` with a comma, a space or another mark
        between, degrees as maps show them, ``18°44'28.3"N 98°55'23.2"E`` or ``18°44.472'N …``,
        with ``lat`` or ``ละติจูด`` before them or not, and the address of a page of a map that
        has the coordinates in it; Thai digits too.

        :raises Unreadable: it is no pair of numbers, the wrong way round, or abroad.
        """
        lat, lon = _pair(" ".join(ascii_digits(text).split()))
        typed, turned = cls(round(lat, 5), round(lon, 5)), cls(lon, lat)
        if typed.in_thailand:
            return typed
        if turned.in_thailand:
            raise Unreadable(_SWAPPED.format(right=turned))
        raise Unreadable(_ABROAD.format(typed=typed))

    @property
    def in_thailand(self) -> bool:
        """Whether it lies in the frame around the country."""
        return SOUTH <= self.lat <= NORTH and WEST <= self.lon <= EAST


def _pair(typed: str) -> tuple[float, float]:
    if linked := from_link(typed):
        return linked
    if SHORTENED.search(typed):
        raise Unreadable(_SHORTENED.format(example=EXAMPLE))
    typed = _NAMES.sub("", typed).strip()
    if found := _DECIMALS.fullmatch(typed):
        return float(found[1]), float(found[2])
    if found := _SEXAGESIMAL.fullmatch(typed):
        degrees = [float(number) for number in found.groups()]
        return _decimal(*degrees[:3]), _decimal(*degrees[3:])
    if found := _MINUTES.fullmatch(typed):
        lat, lat_minutes, lon, lon_minutes = (float(number) for number in found.groups())
        return _decimal(lat, lat_minutes, 0), _decimal(lon, lon_minutes, 0)
    raise Unreadable(_UNREADABLE)


def _decimal(degrees: float, minutes: float, seconds: float) -> float:
    return degrees + minutes / 60 + seconds / 3600
