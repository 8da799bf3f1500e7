"""Where things are: sub-districts and addresses of Thailand, areas, pins and their maps.

Every municipality has its area; who files something puts a pin into it. Maps are drawn here as
SVG with the projection of web maps, work without tiles and without a script, and get both where
there are any: ``geo/pin.html`` to place a pin, ``geo/place.html`` to look at some, and
``geo/spread.html`` for thousands: ``view_of`` draws together what lies close on the part that a
``Look`` is at, with the list of it. A piece of land is an ``Outline`` of its corners, drawn by who
files in ``geo/plot.html``. Other programs get places as GeoJSON of any length.
"""

from core.api import LEVEL
from kit.geo.addresses import Address
from kit.geo.areas import Area, area_of, read_area
from kit.geo.drawing import Drawing, draw, draw_near, map_near, map_of
from kit.geo.features import GEOJSON, Feature, geojson_pieces
from kit.geo.finding import find_subdistricts
from kit.geo.landmarks import Landmark, find_landmarks, landmarks_of, read_landmarks
from kit.geo.looking import Look, Mark, Sight, View, Ways, look_of, view_of
from kit.geo.plots import Outline
from kit.geo.points import Point
from kit.geo.sphere import direction, distance_m, offset_m, spoken_distance
from kit.geo.subdistricts import Subdistrict, own_subdistricts, subdistrict, subdistricts_of

__all__ = [
    "GEOJSON",
    "LEVEL",
    "Address",
    "Area",
    "Drawing",
    "Feature",
    "Landmark",
    "Look",
    "Mark",
    "Outline",
    "Point",
    "Sight",
    "Subdistrict",
    "View",
    "Ways",
    "area_of",
    "direction",
    "distance_m",
    "draw",
    "draw_near",
    "find_landmarks",
    "find_subdistricts",
    "geojson_pieces",
    "landmarks_of",
    "look_of",
    "map_near",
    "map_of",
    "offset_m",
    "own_subdistricts",
    "read_area",
    "read_landmarks",
    "spoken_distance",
    "subdistrict",
    "subdistricts_of",
    "view_of",
]
