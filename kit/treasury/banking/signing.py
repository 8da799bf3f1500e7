"""Whether a callback comes from whom it says, by a secret that the bank and the office share.

How a bank signs, and in which headers, is in its contract: this is the common way, and which
way an office's bank goes is configuration of the adapter. A bank that comes by mutual TLS or
from fixed addresses is checked before the body is read, and may need no signature.
"""

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from core.api import Text
from kit.treasury.refusals import Malformed

# Clocks differ, and a bank tries again after seconds, not minutes.
WINDOW = timedelta(minutes=5)

_NO_SECRET = "a callback cannot be checked without a secret"  # noqa: S105 - a sentence
_FORGED = Text(
    "ลายเซ็นของข้อความไม่ตรง จึงไม่รับและไม่ได้บันทึกรายการ ตรวจรหัสลับที่ตกลงกับธนาคาร",
    "The signature of the message does not match, so it was not taken and nothing was booked. "
    "Check the secret that is agreed with the bank.",
)
_OLD = Text(
    "เวลาของข้อความต่างจากเวลาปัจจุบันเกินกำหนด จึงไม่รับและไม่ได้บันทึกรายการ ให้ธนาคารส่งใหม่",
    "The time of the message is too far from now, so it was not taken and nothing was booked. "
    "The bank has to send it anew.",
)


def sign(body: bytes, *, timestamp: str, secret: bytes) -> str:
    """Return HMAC-SHA256 over time, full stop and body, in small hexadecimal digits.

    :param timestamp: seconds of Unix time, as they are sent beside the signature.
    """
    return hmac.new(secret, timestamp.encode() + b"." + body, sha256).hexdigest()


def check_signature(
    body: bytes,
    *,
    timestamp: str,
    signature: str,
    secrets: Iterable[bytes],
    now: datetime,
    window: timedelta = WINDOW,
) -> None:
    """Refuse a callback that was not signed with a secret of ours, or not just now.

    Within the window the same message may come again: that it is booked once is held by the
    bank's number of the transaction.

    :param body: as it came, before anything read it.
    :param secrets: the one in use, and for a while the one before it.
    :param now: aware.
    :raises Malformed: forged, or older or newer than the window.
    :raises ValueError: there is no secret, or an empty one, with which anybody could sign.
    """
    known = tuple(secrets)
    if not known or not all(known):
        raise ValueError(_NO_SECRET)
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        raise Malformed("timestamp", _OLD)
    sent = signature.strip().lower().encode("utf-8", "replace")
    fits = False
    # All are tried, so that the time tells nobody which one fitted.
    for secret in known:
        right = sign(body, timestamp=timestamp, secret=secret)
        fits |= hmac.compare_digest(right.encode(), sent)
    if not fits:
        raise Malformed("signature", _FORGED)
    if abs(now.timestamp() - int(timestamp)) > window.total_seconds():
        raise Malformed("timestamp", _OLD)
