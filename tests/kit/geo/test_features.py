"""Places for other programs."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from kit.geo import Feature, Point, geojson_pieces

SPOTS = st.tuples(st.floats(5, 21), st.floats(97, 106))


@given(
    st.lists(st.tuples(st.text(max_size=9), st.none() | SPOTS), max_size=7),
    st.integers(1, 3),
)
def test_places_of_any_number_are_geojson_that_matches_them(
    known: list[tuple[str, tuple[float, float] | None]], at_once: int
) -> None:
    features = [
        Feature(str(place), Point(*spot) if spot else None, {"holder": words})
        for place, (words, spot) in enumerate(known)
    ]

    async def pages() -> AsyncIterator[Sequence[Feature]]:
        for start in range(0, len(features), at_once):
            yield features[start : start + at_once]

    async def whole() -> bytes:
        return b"".join([piece async for piece in geojson_pieces(pages())])

    read = json.loads(asyncio.run(whole()))
    assert read["type"] == "FeatureCollection"
    assert [one["properties"]["holder"] for one in read["features"]] == [w for w, _ in known]
    for one, (_, spot) in zip(read["features"], known, strict=True):
        assert (one["geometry"] and one["geometry"]["coordinates"]) == (spot and [spot[1], spot[0]])
