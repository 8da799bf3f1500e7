"""What servers and mail programs say by themselves: not delivered, opened, away."""

import re
from collections.abc import Iterator
from email.message import Message
from typing import Literal

from msgspec import Struct

from core.api import Text
from plugins.eoffice.rules.mail_charsets import decoded, one_line
from plugins.eoffice.rules.mail_marks import Mark, marks_in
from plugins.eoffice.rules.mail_opening import Mail, header, headers
from plugins.eoffice.rules.mail_parts import Part, content_of, read_head
from plugins.eoffice.rules.mail_wordings import AWAY, DELAYED, FAILED

_LONGEST_REPORT = 64 * 1024
_MOST_BLOCKS = 50
_LONGEST_REASON = 500
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_FIELD = re.compile(r"^[> \t]{0,20}message-id:.{0,300}", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ANSWER = re.compile(r"^.*\b[45]\d\d[ -].*$", re.MULTILINE)
_POSTMASTERS = {"mailer-daemon", "postmaster", "mail-daemon"}
_MEANINGS = {
    "5.1.1": Text("ไม่มีตู้อีเมลนี้ที่ปลายทาง", "There is no such mailbox"),
    "5.1.2": Text("ไม่พบโดเมนปลายทาง", "There is no such domain"),
    "5.1.10": Text("ไม่มีตู้อีเมลนี้ที่ปลายทาง", "There is no such mailbox"),
    "5.2.1": Text("ตู้อีเมลปลายทางถูกปิด", "The mailbox is closed"),
    "5.2.2": Text("ตู้อีเมลปลายทางเต็ม", "The mailbox is full"),
    "5.2.3": Text("อีเมลใหญ่เกินที่ปลายทางรับ", "The e-mail is too large for the mailbox"),
    "5.3.4": Text("อีเมลใหญ่เกินที่ปลายทางรับ", "The e-mail is too large for the server"),
    "5.4.7": Text("ส่งไม่ถึงปลายทางภายในเวลาที่กำหนด", "The server was not reached in time"),
    "4.4.7": Text("ส่งไม่ถึงปลายทางภายในเวลาที่กำหนด", "The server was not reached in time"),
    "4.2.2": Text("ตู้อีเมลปลายทางเต็ม", "The mailbox is full"),
}
_REFUSED = Text("เซิร์ฟเวอร์ปลายทางไม่รับ", "The server refused it")


class Report(Struct, frozen=True):
    """What a server or a program says about a mail of ours.

    :param about: None where it does not say which.
    :param why: in words, up to 500 characters.
    """

    kind: Literal["failed", "opened", "other"]
    about: Mark | None
    why: str = ""


def report_in(mail: Mail) -> Report | None:
    """Return what a mail reports by RFC 3464 or RFC 8098, or in the words that servers use."""
    for part in mail.reports:
        match part.head.get_content_type():
            case "message/delivery-status":
                return _delivery(mail, part)
            case "message/disposition-notification":
                return _disposition(part)
    name = mail.sender.partition("@")[0]
    if name in _POSTMASTERS or header(mail.head, "x-failed-recipients") or _without_sender(mail):
        return _loose(mail)
    return None


def is_automatic(mail: Mail) -> bool:
    """Return whether a program wrote the mail (RFC 3834), so that nobody has read ours."""
    submitted = header(mail.head, "auto-submitted").lower().partition(";")[0].strip()
    precedence = header(mail.head, "precedence").lower()
    return (
        submitted not in {"", "no"}
        or precedence in {"auto_reply", "bulk", "junk"}
        or any(one in mail.head for one in ("x-autoreply", "x-autorespond", "x-autoresponse"))
        or bool(AWAY.match(mail.subject))
        or _without_sender(mail)
    )


def _without_sender(mail: Mail) -> bool:
    """Return whether its envelope names nobody to answer to, as that of a report."""
    return header(mail.head, "return-path").replace(" ", "") == "<>"


def _delivery(mail: Mail, part: Part) -> Report:
    blocks = list(_blocks(part))
    failed = [one for one in blocks if header(one, "action").lower() == "failed"]
    said = failed or [one for one in blocks if "action" in one]
    why = _reason(said[0]) if said else one_line(mail.text)[:_LONGEST_REASON]
    return Report("failed" if failed else "other", _returned(mail), why)


def _reason(block: Message) -> str:
    status = _STATUS.search(header(block, "status"))
    said = header(block, "diagnostic-code").removeprefix("smtp;").strip()
    recipient = header(block, "final-recipient").rpartition(";")[2].strip()
    return _explained(status[1] if status else "", " ".join(filter(None, (said, recipient))))


def _explained(status: str, said: str) -> str:
    meaning = _MEANINGS.get(status, _REFUSED)
    return f"{meaning.th} ({meaning.en}): {status} {said}"[:_LONGEST_REASON].strip()


def _disposition(part: Part) -> Report:
    for block in _blocks(part):
        marks = marks_in(header(block, "original-message-id"))
        done = header(block, "disposition").lower().partition(";")[2].partition("/")[0].strip()
        if done:
            about = marks[0] if marks else None
            return Report("opened" if done == "displayed" else "other", about, done[:50])
    return Report("other", None)


def _loose(mail: Mail) -> Report | None:
    told = f"{mail.subject}\n{mail.text[:5_000]}"
    if not (FAILED.search(told) or header(mail.head, "x-failed-recipients")):
        return None
    status, answer = _STATUS.search(told), _ANSWER.search(told)
    why = _explained(status[1] if status else "", one_line(answer[0]) if answer else mail.subject)
    waits = DELAYED.search(mail.subject) and not FAILED.search(mail.subject)
    return Report("other" if waits else "failed", _returned(mail), why)


def _returned(mail: Mail) -> Mark | None:
    """Return which mail came back: its head is attached, or stands among the words."""
    for part in mail.reports:
        if part.head.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            head = read_head(content_of(part)[:_LONGEST_REPORT].lstrip())
            if marks := marks_in(" ".join(headers(head, "message-id"))):
                return marks[0]
    marks = marks_in("\n".join(_FIELD.findall(mail.text)))
    return marks[0] if marks else None


def _blocks(part: Part) -> Iterator[Message]:
    """Yield the groups of fields of a report."""
    raw = content_of(part)[:_LONGEST_REPORT].strip()
    for block in _BLANK.split(raw, _MOST_BLOCKS)[:_MOST_BLOCKS]:
        yield read_head(decoded(block).encode())
