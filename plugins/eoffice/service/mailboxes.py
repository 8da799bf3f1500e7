"""The central mailbox over IMAP, one blocking step at a time."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Literal

from imapclient import DELETED, SEEN, IMAPClient

from plugins.eoffice.rules.mail_parts import LARGEST

PATIENCE = 30  # seconds for one step with a server


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a mail server is.

    :param security: ``tls`` from the start, ``starttls`` before anything else is said; ``none``
        only for a server on this machine.
    """

    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "tls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """The central mailbox of an office (ไปรษณีย์อิเล็กทรอนิกส์กลาง), and how to get at it.

    :param address: others write to it; letters leave from it.
    :param password: never shown.
    :param authserv_id: by which name its server marks what it found out about senders
        (RFC 8601), mostly the server's own; empty where it does not.
    :param folder: where mails are kept that were taken over.
    """

    address: str
    outgoing: Server
    incoming: Server
    user: str
    password: str = field(repr=False)
    authserv_id: str = ""
    folder: str = "Thongthin"


class Inbox:
    """The inbox of a mailbox, open until :meth:`close`.

    :raises IMAPClient.Error: it is not opened; ``LoginError`` where user or password are wrong.
    :raises OSError: there is no connection, or its certificate is not the server's.
    """

    def __init__(self, mailbox: Mailbox) -> None:
        server = mailbox.incoming
        self._client = IMAPClient(
            server.host, server.port, ssl=server.security == "tls", timeout=PATIENCE
        )
        with ExitStack() as failed:
            failed.callback(self._client.shutdown)
            if server.security == "starttls":
                self._client.starttls()
            # Not LOGIN: every server has this one, and a password may have Thai letters.
            self._client.plain_login(mailbox.user, mailbox.password)
            self._folder = self._made(mailbox.folder)
            self._client.select_folder("INBOX")
            failed.pop_all()

    def waiting(self) -> list[int]:
        """Return the mails that were not taken over yet, the oldest first."""
        return sorted(self._client.search("UNDELETED"))

    def fetch(self, number: int) -> bytes | None:
        """Return a mail, of one that is too large the beginning; None if it was taken away."""
        # It does not count as seen by that.
        found = self._client.fetch([number], [f"BODY.PEEK[]<0.{LARGEST + 1}>"])
        raw: bytes | None = found.get(number, {}).get(b"BODY[]<0>")
        return raw

    def put_away(self, number: int) -> None:
        """Move a mail that was taken over out of the inbox, marked as seen."""
        self._client.add_flags([number], [SEEN])
        if self._client.has_capability("MOVE"):
            self._client.move([number], self._folder)
            return
        self._client.copy([number], self._folder)
        # Only marked where a server cannot remove one alone; it does not wait any more.
        self._client.add_flags([number], [DELETED])
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge([number])

    def close(self) -> None:
        """Close the connection, also where it is broken."""
        with self._client:
            pass

    def _made(self, folder: str) -> str:
        """Return the folder as the server calls it, after making it if need be."""
        personal = (
            self._client.namespace().personal if self._client.has_capability("NAMESPACE") else ()
        )
        # Many servers have all folders below the inbox.
        name: str = f"{personal[0][0]}{folder}" if personal else folder
        if not self._client.folder_exists(name):
            self._client.create_folder(name)
        return name
