"""Two offices that write to each other through eCMS, each with its node, driver and register."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from msgspec.structs import replace

from core.api import new_id
from plugins.eoffice.rules.parcels import (
    Agency,
    Arrived,
    Carrier,
    Enclosed,
    Note,
    NoteKind,
    Parcel,
    Reference,
    Refused,
    Unsent,
)
from plugins.eoffice.service.ecms import ECMSCarrier
from plugins.eoffice.service.ecms_line import Node
from tests.plugins.eoffice import ecms_node

Result = TypeVar("Result")

MAIN, SCAN = b"%PDF-1.7 \x00\xff letter", bytes(range(256)) * 3
FILES = {sha256(content).hexdigest(): content for content in (MAIN, SCAN)}
MAEHIA = Agency(
    name="เทศบาลเมืองแม่เหียะ",
    post="นายกเทศมนตรีเมืองแม่เหียะ",
    person="นายธนวัฒน์ ยอดใจ ณ ลำปาง",
    department="15001",
)
YALA = Agency(name="เทศบาลนครยะลา", post="นายกเทศมนตรีนครยะลา", department="15002")
BOTH = ((MAEHIA.department, MAEHIA.name), (YALA.department, YALA.name))


def enclosed(name: str, mime: str, content: bytes) -> Enclosed:
    return Enclosed(name=name, mime=mime, digest=sha256(content).hexdigest(), size=len(content))


LETTER = Parcel(
    id=UUID("01933c5e-0000-7000-8000-000000000001"),
    number="ชม ๕๒๐๐๑/ว ๑๒๓",
    dated_on=date(2026, 11, 20),
    subject="ขอเชิญประชุม <ด่วน> & “เร่งรัด” ]]>",
    secrecy="secret",
    speed="most_urgent",
    sender=MAEHIA,
    receiver=YALA,
    references=(
        Reference(number="ยล 52002/9", dated_on=date(2026, 10, 1), subject="ตอบรับ"),
        Reference(number="ยล 52002/10"),
    ),
    enclosures="๑. กำหนดการ  ๑ ชุด\n๒. แบบตอบรับ  ๑ ชุด",
    main=enclosed("letter.pdf", "application/pdf", MAIN),
    attachments=(enclosed("attachment-1.png", "image/png", SCAN),),
    sent_on=date(2026, 11, 21),
)


async def read(digest: str) -> bytes:
    return FILES[digest]


class Office:
    """One side.

    :ivar register: what it took, each thing once.
    :ivar crashes: whether it falls over after the next thing that it took.
    """

    def __init__(self, node: ecms_node.Node, agency: Agency) -> None:
        self.node, self.agency = node, agency
        self.carrier = ECMSCarrier(
            Node(url=node.url, department=agency.department, ministry=agency.department[:2])
        )
        self.channel: Carrier = self.carrier
        self.register: dict[str, Arrived] = {}
        self.crashes = False

    async def take(self, arrived: Arrived) -> None:
        self.register.setdefault(arrived.key, arrived)
        if self.crashes:
            self.crashes = False
            raise RuntimeError("the office lost its power")

    async def send(self, parcel: Parcel) -> bytes:
        return await stubbornly(lambda: self.channel.send(parcel, read))

    async def collect(self) -> None:
        await stubbornly(lambda: self.channel.collect(self.take))

    async def tell(
        self, kind: NoteKind, other: Agency, letter: Parcel = LETTER, accept_number: str = ""
    ) -> bytes:
        note = Note(
            id=new_id(),
            kind=kind,
            number=letter.number,
            dated_on=letter.dated_on,
            subject=letter.subject,
            sender=self.agency,
            receiver=other,
            accept_number=accept_number,
        )
        return await stubbornly(lambda: self.channel.tell(note))

    def took(self) -> list[Any]:
        """Return what it took in order: ``letter``, or a note with its number."""
        return [_short(one.content) for one in self.register.values()]


def _short(content: Parcel | Note | Refused) -> str:
    if isinstance(content, Note):
        return f"{content.kind} {content.accept_number}".strip()
    return "letter" if isinstance(content, Parcel) else "refused"


async def stubbornly(act: Callable[[], Awaitable[Result]]) -> Result:
    """Do it again as an outbox does: where it may go well later."""
    for _ in range(3):
        try:
            return await act()
        except Unsent as problem:
            if not problem.again:
                raise
    return await act()


@contextmanager
def offices(*, old: bool = False) -> Iterator[tuple[Office, Office]]:
    with ecms_node.nodes(*BOTH) as (mine, peers):
        mine.old = peers.old = old
        yield Office(mine, MAEHIA), Office(peers, YALA)


def as_read(parcel: Parcel, id: UUID) -> Parcel:
    """Return a letter as it is after its way: without what the wire does not carry."""
    sender, receiver = (replace(one, name="", node="") for one in (parcel.sender, parcel.receiver))
    return replace(parcel, id=id, sender=sender, receiver=receiver)
