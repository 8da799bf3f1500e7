"""E-mail over SMTP: what a message looks like on the wire, and what the answers mean."""

import ssl
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

import aiosmtplib

from core.personal import blacken

PATIENCE = 30  # seconds for one conversation with the server


class Refused(Exception):
    """The server will never take this message (an answer of 500 to 599)."""


class Later(Exception):
    """The message was not taken, or nobody knows: it is to be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One e-mail.

    :param number: makes the Message-ID; at another attempt the same, so that a receiver who
        got it before the answer was lost can tell that it is no second message.
    :param sender: the office's name.
    """

    number: str
    sender: str
    sender_address: str
    to: str
    subject: str
    body: str
    language: str
    written_at: datetime


def compose(letter: Letter) -> bytes:
    """Return the message as it travels: plain text, marked as sent by a machine."""
    # Not EmailMessage: where it breaks a long line of Thai, it loses the space.
    message = MIMEText(letter.body, "plain", "utf-8")
    sender = Header(letter.sender, "utf-8").encode()
    message["From"] = f"{sender} <{letter.sender_address}>"
    message["To"] = letter.to
    message["Subject"] = Header(letter.subject, "utf-8", header_name="Subject").encode()
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.number}@{letter.sender_address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    return message.as_bytes(policy=compat32.clone(linesep="\r\n"))


async def post(url: str, letter: Letter) -> str:
    """Hand a letter to the server and return its answer, up to 200 characters.

    TLS is used from the start (``smtps://``) or as soon as the server offers it.

    :param url: ``smtp://user:password@host:port``.
    :raises Refused: for good.
    :raises Later: the server is away, busy, or broke off, maybe after taking the letter.
    """
    server = urlsplit(url)
    try:
        _, answer = await aiosmtplib.send(
            compose(letter),
            sender=letter.sender_address,
            recipients=[letter.to],
            hostname=server.hostname,
            port=server.port,
            username=unquote(server.username) if server.username else None,
            password=unquote(server.password) if server.password else None,
            use_tls=server.scheme == "smtps",
            timeout=PATIENCE,
        )
    except aiosmtplib.SMTPRecipientsRefused as problem:
        raise _judged(problem.recipients[0]) from problem
    except aiosmtplib.SMTPAuthenticationError as problem:
        # The office's password is wrong, not the letter.
        raise Later(_told(problem)) from problem
    except aiosmtplib.SMTPResponseException as problem:
        raise _judged(problem) from problem
    except (aiosmtplib.SMTPException, OSError, ssl.SSLError) as problem:
        raise Later(_told(problem)) from problem
    return answer[:200]


def _judged(problem: aiosmtplib.SMTPResponseException) -> Exception:
    return (Refused if 500 <= problem.code <= 599 else Later)(_told(problem))


def _told(problem: Exception) -> str:
    return blacken(f"{type(problem).__name__}: {problem}")[:500]
