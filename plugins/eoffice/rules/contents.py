"""What stands on a document of each kind: the fields that the templates in ``papers/`` print.

Everything is text as it is printed, in Thai, and is kept with the document when it is signed. A
number or day that is not drawn yet is empty, and so is its place on the draft.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from kit.documents import Paper, Signer
from plugins.eoffice.rules.body import Block
from plugins.eoffice.rules.layout import LAYOUT, Layout


class Sheet(Paper, frozen=True, kw_only=True):
    """A paper of the e-Office.

    :param date: as its kind writes it; see ``Kind.era``.
    """

    layout: Layout = LAYOUT


class Document(Sheet, frozen=True, kw_only=True):
    """An official document.

    :param speed: the mark of its urgency, ``ด่วนที่สุด``; see :func:`kinds.mark_of`.
    :param secrecy: the mark of its secrecy, at the head and the foot of every page.
    """

    speed: str = ""
    secrecy: str = ""


class Enclosure(Struct, frozen=True):
    """What is sent with a letter.

    :param quantity: with its unit, ``1 ฉบับ``.
    """

    name: str
    quantity: str = ""


class External(Document, frozen=True, kw_only=True):
    """A letter to another agency or to a person, form 1.

    :param opening: the salutation's verb; the usual one when empty, as of ``closing``.
    :param references: agency, number and day of earlier letters, the latest first.
    :param unit: the owner of the matter, with telephone and e-mail, a line for each.
    """

    subject: str
    to: str
    opening: str = ""
    references: Sequence[str] = ()
    enclosures: Sequence[Enclosure] = ()
    body: Sequence[Block]
    closing: str = ""
    signer: Signer
    unit: Sequence[str]
    copies: Sequence[str] = ()


class Memo(Document, frozen=True, kw_only=True):
    """A memo within an agency, form 2.

    :param unit: who writes, with telephone, on one line of the form.
    """

    unit: Sequence[str]
    subject: str
    to: str
    opening: str = ""
    body: Sequence[Block]
    signer: Signer


class Stamped(Document, frozen=True, kw_only=True):
    """A letter with the seal of the agency in place of a signature, form 3.

    :param signer: who puts initials to the seal.
    :param unit: the owner of the matter, with telephone, a line for each.
    """

    to: str
    body: Sequence[Block]
    signer: Signer
    unit: Sequence[str]


class Order(Document, frozen=True, kw_only=True):
    """An order (คำสั่ง), form 4."""

    subject: str
    body: Sequence[Block]
    signer: Signer


class Rule(Document, frozen=True, kw_only=True):
    """A rule (ระเบียบ) or regulation (ข้อบังคับ), forms 5 and 6.

    :param about: what it concerns, without ว่าด้วย.
    :param edition: its number where there is more than one about the same.
    :param year: of the Buddhist Era.
    """

    about: str
    edition: str = ""
    year: str
    body: Sequence[Block]
    signer: Signer


class Announcement(Document, frozen=True, kw_only=True):
    """An announcement (ประกาศ), form 7; its number is printed where it has one."""

    subject: str
    body: Sequence[Block]
    signer: Signer


class Release(Document, frozen=True, kw_only=True):
    """A statement (แถลงการณ์) or news (ข่าว), forms 8 and 9, which nobody signs."""

    subject: str
    edition: str = ""
    body: Sequence[Block]


class Attestation(Document, frozen=True, kw_only=True):
    """A certificate (หนังสือรับรอง), form 10.

    :param body: begins with what is certified, without the opening words, which the form has.
    :param person: who is certified, where the matter is important: with the place of a photo
        (the picture ``photo``) and of the person's signature.
    """

    body: Sequence[Block]
    person: str = ""
    signer: Signer


class Attendant(Struct, frozen=True):
    """Somebody on the lists of a meeting.

    :param role: in the meeting, such as chair; of who is absent, why.
    """

    name: str
    post: str = ""
    role: str = ""


class Agenda(Struct, frozen=True):
    """A point of the agenda, which the minutes number."""

    subject: str
    body: Sequence[Block]


class Minutes(Document, frozen=True, kw_only=True):
    """Minutes of a meeting, form 11.

    :param subject: whose meeting it was, without รายงานการประชุม.
    :param meeting: the number of the session in the year, ``3/2569``.
    :param held: the day, ``วันพุธที่ 18 พฤศจิกายน 2569``.
    :param opened: the time, ``09.30 น.``, as ``closed``.
    :param signer: who took the minutes.
    """

    subject: str
    meeting: str
    held: str
    place: str
    present: Sequence[Attendant]
    absent: Sequence[Attendant] = ()
    attending: Sequence[Attendant] = ()
    opened: str
    agenda: Sequence[Agenda]
    closed: str
    signer: Signer
    checker: Signer | None = None


class Note(Document, frozen=True, kw_only=True):
    """A note from one officer to another (บันทึก)."""

    to: str
    opening: str = ""
    body: Sequence[Block]
    signer: Signer


# What each kind is filled in, by its code.
FORMS: Mapping[str, type[Document]] = {
    "external": External,
    "memo": Memo,
    "stamped": Stamped,
    "order": Order,
    "rule": Rule,
    "bylaw": Rule,
    "announcement": Announcement,
    "statement": Release,
    "news": Release,
    "certificate": Attestation,
    "minutes": Minutes,
    "note": Note,
}
