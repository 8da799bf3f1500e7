"""Answers of Open311 GeoReport v2: one tree, written as XML or, by the Spark convention, as JSON.

Source: wiki.open311.org, GeoReport v2 and Service Discovery; JSON and XML Conversion for the JSON.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec

from contrib.incidents.rules.states import OPEN
from core.api import Text

Format = Literal["xml", "json"]
Value = Mapping[str, Any] | Sequence[Mapping[str, Any]]

# To what is text the framework adds how it is encoded.
MEDIA: Mapping[Format, str] = {
    "xml": "text/xml",
    "json": "application/json; charset=utf-8",
}
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
# Of a query, whichever is the smaller.
LONGEST_SPAN, MOST_REQUESTS = timedelta(days=90), 1_000
LONGEST_DESCRIPTION = 4_000
# What one thing of a list is called in XML; in JSON lists need no names for what is in them.
_ONE_OF = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
# What XML 1.0 cannot hold in any way.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Of our centuries: from any of them one can reckon 90 days either way.
_MOMENT = re.compile(r"(19|20)\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")
_NO_MOMENT = Text(
    "{name} ต้องเป็นวันเวลาตาม W3C พร้อมเขตเวลา เช่น 2010-01-01T00:00:00Z",
    "{name} must be a W3C date-time with its zone, such as 2010-01-01T00:00:00Z.",
)
_TOO_LONG = Text(
    "ช่วงเวลาต้องไม่เกิน 90 วัน และ start_date ต้องมาก่อน end_date",
    "The span may be no more than 90 days, and start_date comes before end_date.",
)


class Wrong(Exception):
    """What was asked cannot be answered.

    :param status: of HTTP, as the specification has it.
    """

    def __init__(self, status: int, *sentences: Text) -> None:
        super().__init__(sentences[0].en)
        self.status, self.sentences = status, sentences


def written(root: str, value: Value, format: Format) -> bytes:
    """Return an answer as it is sent.

    :param root: name of the outermost element of the XML.
    """
    if format == "json":
        return msgspec.json.encode(value)
    element = Element(root)
    _fill(element, root, value)
    answer: bytes = tostring(element, encoding="utf-8", xml_declaration=True)
    return answer


def _fill(element: Element, name: str, value: Any) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _fill(SubElement(element, key), key, inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _fill(SubElement(element, _ONE_OF[name]), _ONE_OF[name], inner)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = _UNWRITABLE.sub("", str(value))


def status_of(state: str) -> Literal["open", "closed"]:
    """Return which of the two states of the specification a report is in."""
    return "open" if state in OPEN else "closed"


def moment(text: str, name: str) -> datetime | None:
    """Return the moment that was asked for, aware; None for an empty text.

    :raises Wrong: it is none.
    """
    if not text:
        return None
    # An offset's plus is a blank where somebody forgot to encode it.
    plain = text.strip().replace(" ", "+")
    try:
        if not _MOMENT.fullmatch(plain):
            raise ValueError(plain)
        return datetime.fromisoformat(plain)
    except ValueError:
        raise Wrong(400, _NO_MOMENT.format(name=name)) from None


def span(start: datetime | None, end: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """Return from when to when is asked; the last 90 days where nothing is said.

    :raises Wrong: it is longer, or ends before it begins.
    """
    until = end or (min(now, start + LONGEST_SPAN) if start else now)
    since = start or until - LONGEST_SPAN
    if not timedelta() <= until - since <= LONGEST_SPAN:
        raise Wrong(400, _TOO_LONG)
    return since, until
