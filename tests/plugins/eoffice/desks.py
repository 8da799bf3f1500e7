"""Offices behind their central mailboxes, on real servers."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from plugins.eoffice.rules.parcels import Agency, Arrived, Parcel
from plugins.eoffice.service.mailboxes import Mailbox
from plugins.eoffice.service.mailing import MailCarrier
from tests.plugins.eoffice.mail_servers import (
    Ports,
    PostOffice,
    Security,
    dovecot,
    make_certificate,
    post_office,
)
from tests.plugins.eoffice.mailed import FILES, NOW, a_letter
from tools.memory import folder_in_memory


class Servers:
    """Where mail is, and the post office that files it."""

    def __init__(self, folder: Path, ports: Ports, office: PostOffice) -> None:
        self.folder = folder
        self.ports = ports
        self.office = office


class Desk:
    """An office as it stands behind a channel: what it sent, and what was taken over."""

    def __init__(self, box: Mailbox) -> None:
        self.box = box
        self.agency = Agency(name=f"หน่วยงาน {box.address}", mailbox=box.address)
        self.known: dict[UUID, Parcel] = {}
        self.given: list[str] = []
        self.taken: dict[str, Arrived] = {}
        self.carrier = MailCarrier(box, self.find, now=NOW)

    async def find(self, id: UUID) -> Parcel | None:
        return self.known.get(id)

    async def read(self, digest: str) -> bytes:
        return FILES[digest]

    async def take(self, arrived: Arrived) -> None:
        self.given.append(arrived.key)
        self.taken.setdefault(arrived.key, arrived)
        if isinstance(arrived.content, Parcel):
            self.known.setdefault(arrived.content.id, arrived.content)

    async def send(self, letter: Parcel) -> bytes:
        self.known[letter.id] = letter
        return await self.carrier.send(letter, self.read)

    async def collected(self) -> list[Arrived]:
        """Collect, and return what came new."""
        before = set(self.taken)
        await self.carrier.collect(self.take)
        return [one for key, one in self.taken.items() if key not in before]


@contextmanager
def running(program: str, *, more: str = "") -> Iterator[Servers]:
    # Not below the folder of pytest, into which Dovecot's user cannot go.
    with tempfile.TemporaryDirectory(dir=folder_in_memory()) as place:
        folder, ports = Path(place), Ports()
        folder.chmod(0o711)
        mail = folder / "mail"
        mail.mkdir()
        make_certificate(folder)
        with (
            dovecot(program, folder / "dovecot", mail, ports, more=more),
            post_office(mail, ports) as office,
        ):
            yield Servers(folder, ports, office)


def a_desk(servers: Servers, security: Security) -> Desk:
    address = f"saraban@{uuid4().hex[:8]}.go.th"
    servers.office.open(address)
    return Desk(servers.ports.mailbox(address, security))


def between(sender: Desk, receiver: Desk) -> Parcel:
    return a_letter(id=uuid4(), sender=sender.agency, receiver=receiver.agency)
