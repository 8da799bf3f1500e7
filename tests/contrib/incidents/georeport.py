"""A client of Open311 GeoReport v2, and the fields that the specification lists."""

import re
from collections.abc import Mapping
from typing import Any

import httpx
from defusedxml.ElementTree import fromstring

PATH = "/open311/v2"
# wiki.open311.org/GeoReport_v2, in the order of its tables.
SERVICE = [
    "service_code",
    "service_name",
    "description",
    "metadata",
    "type",
    "keywords",
    "group",
]
ATTRIBUTE = [
    "variable",
    "code",
    "datatype",
    "required",
    "datatype_description",
    "order",
    "description",
    "values",
]
REQUEST = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
]
# wiki.open311.org/Service_Discovery
DISCOVERY = ["changeset", "contact", "key_service", "endpoints"]
ENDPOINT = ["specification", "url", "changeset", "type", "formats"]
# The common subset of ISO 8601 of the W3C, with its zone.
W3C = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


class Client:
    """Asks in both formats, and holds the answers to each other."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def get(self, name: str, expected: int = 200, /, **params: str) -> Any:
        json = await self._http.get(f"{PATH}/{name}.json", params=params)
        xml = await self._http.get(f"{PATH}/{name}.xml", params=params)
        return self._same(json, xml, expected)

    async def post(self, expected: int = 200, format: str = "json", /, **form: str) -> Any:
        data = {
            name.replace("__", "[") + ("]" if "__" in name else ""): v for name, v in form.items()
        }
        answer = await self._http.post(f"{PATH}/requests.{format}", data=data)
        assert answer.status_code == expected, answer.text
        assert answer.headers["access-control-allow-origin"] == "*"
        return answer.json() if format == "json" else fromstring(answer.content)

    def _same(self, json: httpx.Response, xml: httpx.Response, status: int) -> Any:
        assert json.status_code == xml.status_code == status, json.text
        assert json.headers["content-type"] == "application/json; charset=utf-8"
        assert xml.headers["content-type"] == "text/xml; charset=utf-8"
        assert json.headers["access-control-allow-origin"] == "*"
        assert xml.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
        found = json.json()
        assert spark(fromstring(xml.content)) == plain(found)
        return found


def spark(element: Any) -> Any:
    """Return XML as its JSON has it, with every value as text."""
    if len(element) == 0:
        return element.text or ""
    tags = [inner.tag for inner in element]
    if f"{tags[0]}s" == element.tag or element.tag == "service_requests":
        return [spark(inner) for inner in element]
    return {inner.tag: spark(inner) for inner in element}


def plain(value: Any) -> Any:
    """Return JSON with every value as the text that XML has for it; nothing for nothing."""
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value] or ""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
