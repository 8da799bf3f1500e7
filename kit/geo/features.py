"""Places for other programs: GeoJSON, page by page, so that memory does not grow with it.

The format is RFC 7946, in which a position is longitude, latitude of WGS 84.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import msgspec

from kit.geo.points import Point

GEOJSON = "application/geo+json"


class Feature(msgspec.Struct, frozen=True):
    """A thing with its place; None where nobody has put it on the map.

    :param id: is not given twice in a collection.
    :param properties: JSON values by name.
    """

    id: str
    place: Point | None
    properties: Mapping[str, Any]


async def geojson_pieces(pages: AsyncIterator[Sequence[Feature]]) -> AsyncIterator[bytes]:
    """Yield a FeatureCollection, a page at a time; one that breaks off cannot be read."""
    yield b'{"type":"FeatureCollection","features":['
    between = b"\n"
    async for page in pages:
        if page:
            yield between + b",\n".join(_written(one) for one in page)
            between = b",\n"
    yield b"\n]}\n"


def _written(feature: Feature) -> bytes:
    place = feature.place
    point = place and {"type": "Point", "coordinates": [place.lon, place.lat]}
    return msgspec.json.encode(
        {
            "type": "Feature",
            "id": feature.id,
            "geometry": point,
            "properties": feature.properties,
        }
    )
