"""What travels between agencies, whatever carries it: letters, and notes about letters."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct

from core.api import Text

Secrecy = Literal["normal", "secret"]
Speed = Literal["normal", "urgent", "very_urgent", "most_urgent"]
# received: it has arrived; accepted: it was registered under a number; rejected: it is not taken;
# misdirected: it is another agency's; wrong_number: said by the sender, the number cannot be;
# withdrawn: said by the sender, the letter comes again or not at all; undeliverable: said by the
# channel, it did not arrive; said: in words, for a person to read, who decides what follows.
NoteKind = Literal[
    "received",
    "accepted",
    "rejected",
    "misdirected",
    "wrong_number",
    "withdrawn",
    "undeliverable",
    "said",
]


class Agency(Struct, frozen=True, kw_only=True):
    """One side of a letter.

    :param name: of the agency, in Thai as it writes itself.
    :param post: who writes or is addressed, e.g. ``นายกเทศมนตรีเมืองแม่เหียะ``.
    :param person: the name of who signed; empty of an addressee that is a post.
    :param mailbox: address of its central mailbox (ไปรษณีย์อิเล็กทรอนิกส์กลาง).
    :param department: five digits by which TH e-GIF knows it; the first two are its ministry.
    :param node: URL of its eCMS node, or of its Thongthin.
    :param key: public key that its messages are signed with, in hexadecimal (Ed25519).
    """

    name: str
    post: str = ""
    person: str = ""
    mailbox: str = ""
    department: str = ""
    node: str = ""
    key: str = ""

    @property
    def is_named(self) -> bool:
        """Whether a channel said which agency it is."""
        return bool(self.name or self.mailbox or self.department or self.node)


class Reference(Struct, frozen=True, kw_only=True):
    """An earlier letter (อ้างถึง)."""

    number: str
    dated_on: date | None = None
    subject: str = ""


class Enclosed(Struct, frozen=True, kw_only=True):
    """A file that travels with a letter.

    :param digest: SHA-256 in hexadecimal; the bytes are in the store under it.
    :param size: in bytes.
    """

    name: str
    mime: str
    digest: str
    size: int


class Parcel(Struct, frozen=True, kw_only=True):
    """A letter on its way.

    :param id: the same at every attempt and over every channel that can carry it.
    :param number: of the letter (ที่), digits and spaces as its sender writes them; empty where
        the channel does not say.
    :param enclosures: what is sent with it in words (สิ่งที่ส่งมาด้วย).
    :param main: the letter itself, signed.
    :param mark: the channel's own name for it, where that does not follow from ``id``: the
        Message-ID of an e-mail written by a person, whose number and day are only read from it.
    """

    id: UUID
    number: str
    dated_on: date
    subject: str
    secrecy: Secrecy = "normal"
    speed: Speed = "normal"
    sender: Agency
    receiver: Agency
    references: tuple[Reference, ...] = ()
    enclosures: str = ""
    main: Enclosed
    attachments: tuple[Enclosed, ...] = ()
    sent_on: date
    mark: str = ""


class Note(Struct, frozen=True, kw_only=True):
    """What one agency tells another about a letter.

    :param id: the same at every attempt.
    :param letter: the id of the parcel where the channel carries one; None where a letter is
        found by number, day, subject and agency.
    :param accept_number: the number in the receiver's register (เลขรับ).
    :param why: of a letter that is not taken or did not arrive; what was said in words.
    """

    id: UUID
    kind: NoteKind
    letter: UUID | None = None
    number: str
    dated_on: date
    subject: str
    sender: Agency
    receiver: Agency
    accept_number: str = ""
    accept_on: date | None = None
    why: str = ""


class Refused(Struct, frozen=True, kw_only=True):
    """What came and is not taken; that it came is all that is kept of it.

    :param secret: its secrecy is above what may be kept here, or not known: subject and files
        are left out.
    :param number: with what follows as far as it could be read.
    """

    why: Text
    secret: bool = False
    number: str = ""
    dated_on: date | None = None
    subject: str = ""
    sender: Agency
    receiver: Agency


class Arrived(Struct, frozen=True, kw_only=True):
    """What came over a channel.

    :param key: the same whenever the channel gives the same thing again, up to 200 characters.
    :param files: bytes by digest, of a letter.
    :param proof: what shows who sent it: a signed message, the head of an e-mail.
    :param doubt: why a person looks before it counts; until then it changes nothing.
    """

    key: str
    content: Parcel | Note | Refused
    files: dict[str, bytes] = {}
    proof: bytes = b""
    doubt: Text | None = None


class Unsent(Exception):
    """The channel did not take it.

    :param why: for the officer who looks at the dispatch.
    :param again: whether the same may go well later; otherwise a person is asked at once.
    """

    def __init__(self, why: Text, *, again: bool) -> None:
        super().__init__(why.en)
        self.why = why
        self.again = again


Read = Callable[[str], Awaitable[bytes]]
Take = Callable[[Arrived], Awaitable[None]]


class Carrier(Protocol):
    """A channel as the outbox and the inbox use it."""

    async def send(self, parcel: Parcel, read: Read) -> bytes:
        """Send a letter once more or for the first time; a repetition is known by its id.

        :param read: gives the bytes of a digest.
        :returns: what shows that it was taken over, empty where the channel gives nothing.
        :raises Unsent: it was not taken.
        """

    async def tell(self, note: Note) -> bytes:
        """Send a note, as :meth:`send`."""

    async def collect(self, take: Take) -> None:
        """Give everything that waits to ``take``, and remove each thing once it returned.

        :param take: keeps it for good before it returns; given twice it keeps it once.
        :raises Unsent: the channel does not answer.
        """
