"""Places of a municipality by their names: where a map goes when somebody asks for one."""

from functools import lru_cache
from typing import Annotated

import msgspec

from core.api import Tenant, Text
from kit.geo.areas import area_of
from kit.geo.finding import find_subdistricts, plain
from kit.geo.points import Point
from kit.geo.subdistricts import BANGKOK, subdistrict
from kit.thai import Unreadable, ascii_digits

# Places that a municipality may name; each stands on the page of a map.
LANDMARKS_MOST = 200

_NOT_PLACES = Text(
    "ไฟล์นี้ไม่ใช่ GeoJSON ของสถานที่ (FeatureCollection ที่ทุกแห่งมี name) หรืออยู่นอกประเทศไทย "
    "หรือเกิน {most} แห่ง เลือกไฟล์ใหม่",
    "This file is not GeoJSON of places (a FeatureCollection in which each has its name), or they "
    "lie outside Thailand, or are more than {most}. Choose another file.",
)
_SUBDISTRICT = Text("ตำบล{name}", "{name} Subdistrict")
_KHWAENG = Text("แขวง{name}", "{name} Subdistrict")


class Landmark(msgspec.Struct, frozen=True):
    """A place with a name, by its middle: a village, a temple, the municipality itself."""

    name: Text
    point: Point


def landmarks_of(tenant: Tenant) -> tuple[Landmark, ...]:
    """Return the places that can be found on the map of a municipality.

    They are those that the office has set, ``places`` of its settings of ``geo``, after the
    municipality itself, and its sub-district where it has but one: nothing tells where in the
    municipality one of several lies, so the office names these among its places.
    """
    own = tenant.settings.get("geo", {}).get("places")
    return (*_itself(tenant), *(read_landmarks(own) if own else ()))


def find_landmarks(tenant: Tenant, text: str) -> list[Landmark]:
    """Return the places of a municipality that fit what was typed, best first.

    Every word must stand in the name, in Thai or in English; a sub-district of the municipality
    is also found as :func:`find_subdistricts` finds it, by ``ต.แม่เหียะ`` or its postcode. A
    name that is just what was typed leaves all others out, and of two names for one place the
    first is kept.
    """
    words = [plain(ascii_digits(word)) for word in text.split()]
    words = [word for word in words if word]
    if not words:
        return []
    known = landmarks_of(tenant)
    fitting = [one for one in known if any(_has(name, words) for name in _names(one))]
    asked = {one.code for one in find_subdistricts(text)} & set(tenant.subdistricts)
    called = {name for code in asked for name in _names_of_subdistrict(code)}
    fitting += [one for one in known if one not in fitting and _names(one)[0] in called]
    exact = [one for one in fitting if "".join(words) in _names(one)]
    return list({one.point: one for one in reversed(exact or fitting)}.values())[::-1]


@lru_cache(maxsize=100)
def read_landmarks(geojson: str | bytes) -> tuple[Landmark, ...]:
    """Read places from GeoJSON: a FeatureCollection of points and areas with a ``name`` each.

    A ``name_en`` may stand beside it, else the Thai name is that for both languages. The place of
    an area is the middle of the frame around it.

    :raises Unreadable: it is none, a place has no name, lies outside Thailand, or there are more
        than ``LANDMARKS_MOST``.
    """
    refusal = Unreadable(_NOT_PLACES.format(most=LANDMARKS_MOST))
    try:
        given = msgspec.json.decode(geojson, type=_Places)
    except msgspec.DecodeError:
        raise refusal from None
    found = tuple(feature.landmark() for feature in given.features)
    if len(found) > LANDMARKS_MOST or not all(one.point.in_thailand for one in found):
        raise refusal
    return found


def _itself(tenant: Tenant) -> list[Landmark]:
    area = area_of(tenant)
    if area is None:
        return []
    south_west, north_east = area.bounds
    lat, lon = south_west.lat + north_east.lat, south_west.lon + north_east.lon
    middle = Point(round(lat / 2, 5), round(lon / 2, 5))
    found = [Landmark(tenant.name, middle)]
    one = subdistrict(tenant.subdistricts[0]) if len(tenant.subdistricts) == 1 else None
    if one is not None:
        called = _KHWAENG if one.code.startswith(BANGKOK) else _SUBDISTRICT
        found.append(Landmark(called.format(name=one.name), middle))
    return found


def _names(one: Landmark) -> tuple[str, str]:
    return plain(one.name.th), plain(one.name.en)


def _names_of_subdistrict(code: str) -> tuple[str, ...]:
    one = subdistrict(code)
    if one is None:
        return ()
    return tuple(plain(called.format(name=one.name).th) for called in (_SUBDISTRICT, _KHWAENG))


def _has(name: str, words: list[str]) -> bool:
    return all(word in name for word in words)


_Position = Annotated[list[float], msgspec.Meta(min_length=2, max_length=3)]


class _Properties(msgspec.Struct):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=r"\S")]
    name_en: Annotated[str, msgspec.Meta(max_length=80)] = ""


class _Spot(msgspec.Struct, tag="Point"):
    coordinates: _Position

    def positions(self) -> list[list[float]]:
        return [self.coordinates]


class _Shape(msgspec.Struct, tag="Polygon"):
    coordinates: Annotated[
        list[Annotated[list[_Position], msgspec.Meta(min_length=4)]], msgspec.Meta(min_length=1)
    ]

    def positions(self) -> list[list[float]]:
        return self.coordinates[0]


class _Feature(msgspec.Struct, tag="Feature"):
    geometry: _Spot | _Shape
    properties: _Properties

    def landmark(self) -> Landmark:
        lons, lats, *_ = zip(*(at[:2] for at in self.geometry.positions()), strict=True)
        middle = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
        thai = " ".join(self.properties.name.split())
        english = " ".join(self.properties.name_en.split())
        return Landmark(
            Text(thai, english or thai), Point(round(middle.lat, 5), round(middle.lon, 5))
        )


class _Places(msgspec.Struct, tag="FeatureCollection"):
    features: list[_Feature]
