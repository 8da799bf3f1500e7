"""Exchange with another installation over HTTP: a signed message goes out, a receipt comes back."""

from collections.abc import Mapping
from typing import Any

import httpx
import msgspec

from core.api import Context, Text
from plugins.eoffice.rules.envelopes import unpack
from plugins.eoffice.rules.parcels import Read, Unsent
from plugins.eoffice.service.signed import files_named, fits

PATH = "/exchange/eoffice"
TIMEOUT = httpx.Timeout(60, connect=10)
LARGEST_ANSWER = 20_000  # bytes; a receipt has about a thousand

_AWAY = Text(
    "ติดต่อระบบปลายทางไม่ได้ ระบบจะลองใหม่เอง", "The other side does not answer. It is tried again."
)
_BUSY = Text(
    "ระบบปลายทางขัดข้อง (รหัส {status}) ระบบจะลองใหม่เอง",
    "The other side has trouble ({status}). It is tried again.",
)
_REFUSED = Text("ปลายทางไม่รับ: {why}", "The other side refuses: {why}")
_NO_RECEIPT = Text(
    "ใบรับของปลายทางไม่ตรงกับกุญแจที่เก็บไว้ ตรวจกุญแจกับหน่วยงานปลายทาง",
    "The receipt is not signed by the key that we know. Compare the key with the other office.",
)
# What says that it may go well later: the server is busy, or something between is, or the office
# has its correspondence switched off.
_LATER = frozenset({404, 408, 425, 429, 500, 502, 503, 504})


class _Told(msgspec.Struct):
    """A refusal as the other side says it."""

    th: str = ""
    en: str = ""


async def carry(
    ctx: Context, dispatch: Mapping[str, Any], to: Mapping[str, Any], read: Read
) -> bytes:
    """Send a signed message with its files, and return the receipt for it.

    :raises Unsent: it was not taken, or nobody knows whether it was.
    """
    files: list[Any] = [("message", ("message", dispatch["message"], "application/json"))]
    for digest in files_named(unpack(dispatch["message"])):
        files.append((digest, (digest, await read(digest), "application/octet-stream")))
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False) as client:
            answer = await client.post(f"{to['node'].rstrip('/')}{PATH}", files=files)
    except (httpx.HTTPError, httpx.InvalidURL) as away:
        raise Unsent(_AWAY, again=True) from away
    if answer.status_code in _LATER:
        raise Unsent(_BUSY.format(status=answer.status_code), again=True)
    if answer.status_code != 200:
        raise Unsent(_REFUSED.format(why=_said(answer)), again=False)
    if not fits(answer.content[:LARGEST_ANSWER], dispatch["message"], to["key"]):
        raise Unsent(_NO_RECEIPT, again=False)
    return answer.content


def _said(answer: httpx.Response) -> Text:
    try:
        told = msgspec.json.decode(answer.content[:LARGEST_ANSWER], type=_Told)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        told = _Told()
    status = f"HTTP {answer.status_code}"
    return Text(told.th[:300] or status, told.en[:300] or status)
