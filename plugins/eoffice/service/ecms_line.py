"""The line to the own eCMS node: one question, one answer, both bounded in size and in time."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache, partial
from xml.etree.ElementTree import Element

import httpx
from anyio import to_thread
from msgspec import Struct

from core.api import Text, new_id
from plugins.eoffice.rules.ecms_envelope import envelope, open_answer
from plugins.eoffice.rules.ecms_tree import BEGINNING, LARGEST_MESSAGE, TOO_LARGE, Unreadable
from plugins.eoffice.rules.parcels import Unsent

PATIENCE = 60.0  # seconds without a sign of the node
LONGEST = 300.0  # seconds for a question with its answer

_HEADERS = {
    "Content-Type": "text/xml; charset=utf-8",
    "SOAPAction": '""',
    # An answer of a few bytes must not swell on its way in.
    "Accept-Encoding": "identity",
}
_BUSY = {408, 429}

_AWAY = Text(
    "ติดต่อระบบ eCMS ของหน่วยงานไม่ได้ ระบบจะลองใหม่เอง",
    "The eCMS node of the office does not answer; it will be tried again",
)
_NO_ADDRESS = Text(
    "ที่อยู่ของระบบ eCMS ในการตั้งค่าไม่ถูกต้อง ให้ผู้ดูแลระบบแก้ไข",
    "The address of the eCMS node is wrong; the administrator has to correct it",
)
_STATUS = Text(
    "ระบบ eCMS ตอบกลับด้วยรหัส HTTP {status}",
    "The eCMS node answered with HTTP status {status}",
)


class Node(Struct, frozen=True, kw_only=True):
    """The node of an office, and what the office is there.

    :param url: of its service, e.g. ``http://host/ecms-ws01/service2``.
    :param department: five digits.
    :param ministry: two digits.
    """

    url: str
    department: str
    ministry: str


class Line:
    """A connection to the node, for one or more questions."""

    def __init__(self, node: Node, client: httpx.AsyncClient) -> None:
        self._node = node
        self._client = client

    async def ask(self, asked: Element, *, to: str = "", message: str = "") -> Element:
        """Return the answer.

        :param to: URL of the node that it is for in the end; empty: the own one.
        :param message: id; empty for what may be asked twice.
        :raises Unsent: there is none, or the node says no.
        """
        data, cut = await self.fetch(asked, to=to, message=message)
        if cut:
            raise Unreadable(TOO_LARGE)
        return await to_thread.run_sync(open_answer, data, answer_to(asked))

    async def fetch(self, asked: Element, *, to: str = "", message: str = "") -> tuple[bytes, bool]:
        """Return the answer as it came, or its beginning and True where it is too large.

        :raises Unsent: as :meth:`ask`.
        """
        message = message or f"{self._node.department}.{new_id()}"
        written = await to_thread.run_sync(
            partial(envelope, asked, message=message, to=to or self._node.url)
        )
        try:
            async with (
                asyncio.timeout(LONGEST),
                self._client.stream(
                    "POST", self._node.url, content=written, headers=_HEADERS
                ) as response,
            ):
                data, cut = await _read(response)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as problem:
            raise Unsent(_NO_ADDRESS, again=False) from problem
        except (httpx.HTTPError, TimeoutError) as problem:
            raise Unsent(_AWAY, again=True) from problem
        if not response.is_success:
            await self._refuse(response.status_code, data, answer_to(asked))
        return data, cut

    async def _refuse(self, status: int, data: bytes, wanted: str) -> None:
        """Say what the node said with a status of trouble, or else the status."""
        with suppress(Unreadable):
            await to_thread.run_sync(open_answer, data, wanted)
        raise Unsent(_STATUS.format(status=status), again=status >= 500 or status in _BUSY)


@asynccontextmanager
async def open_line(node: Node) -> AsyncIterator[Line]:
    """Give a line to the node, and close it."""
    # The node is a neighbour in the office's own network: no proxy, and it sends nobody elsewhere.
    async with httpx.AsyncClient(
        timeout=PATIENCE, trust_env=False, verify=_certificates()
    ) as client:
        yield Line(node, client)


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def answer_to(asked: Element) -> str:
    """Return how the name of the answer begins."""
    return asked.tag.removesuffix("Request")


async def _read(response: httpx.Response) -> tuple[bytes, bool]:
    held = bytearray()
    async for piece in response.aiter_raw():
        held += piece
        if len(held) > LARGEST_MESSAGE:
            return bytes(held[:BEGINNING]), True
    return bytes(held), False
