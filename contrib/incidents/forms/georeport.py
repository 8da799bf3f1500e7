"""What other programs send of an incident, read by the same fields as what people send."""

from collections.abc import Mapping, Sequence

from contrib.incidents.rules.georeport import LONGEST_DESCRIPTION, Wrong
from core.api import Text
from kit.forms import AnyField, Email, Line, Lines, Phone, Place, Reading, read
from kit.geo import Point
from kit.thai import Unreadable

_BOTH = Text("ต้องส่ง lat และ long คู่กัน", "lat and long must be sent together.")
_NOWHERE = Text(
    "ต้องส่งตำแหน่ง: lat กับ long หรือ address_string หรือ address_id",
    "A location must be sent: lat and long, or address_string, or address_id.",
)
# Named in the sentences as other programs name them.
_FIELDS: Sequence[AnyField] = (
    Lines(
        "description",
        Text("description", "description"),
        longest=LONGEST_DESCRIPTION,
        required=False,
    ),
    Line("address_string", Text("address_string", "address_string"), longest=300, required=False),
    Line("first_name", Text("first_name", "first_name"), longest=90, required=False),
    Line("last_name", Text("last_name", "last_name"), longest=90, required=False),
    Line("media_url", Text("media_url", "media_url"), longest=500, required=False),
    Phone("phone", Text("phone", "phone"), required=False),
    Email("email", Text("email", "email"), required=False),
)


def read_request(posted: Mapping[str, list[str]], place: Place) -> Reading:
    """Return what was read of the fields for words and people.

    :raises Wrong: naming all that is wrong.
    """
    reading = read(_FIELDS, posted, place)
    if reading.problems:
        raise Wrong(400, *reading.problems.values())
    return reading


def read_point(lat: str, long: str, place: Place) -> Point | None:
    """Return the coordinates that were sent, None where none were.

    :raises Wrong: there is one of two, they are none, or they lie outside of the municipality.
    """
    if not lat and not long:
        return None
    if not (lat and long):
        raise Wrong(400, _BOTH)
    try:
        point = Point.parse(f"{_short(lat)}, {_short(long)}")
    except Unreadable as refusal:
        raise Wrong(400, refusal.sentence) from None
    problem = place.area.problem(point) if place.area else None
    if problem is not None:
        raise Wrong(400, problem)
    return point


def _short(degrees: str) -> str:
    """Leave out decimals beyond a tenth of a millimetre, of which some programs send dozens."""
    whole, dot, rest = degrees.strip().partition(".")
    return f"{whole}{dot}{rest[:9]}"


def check_located(point: Point | None, address: str, asset: object) -> None:
    """Return when it is somewhere.

    :raises Wrong: nothing says where.
    """
    if point is None and not address and asset is None:
        raise Wrong(400, _NOWHERE)
