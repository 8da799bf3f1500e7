"""What stands on the papers about letters: registers, endorsements, receipts and stamps."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from kit.documents import Signer
from plugins.eoffice.rules.contents import Sheet


class Entry(Struct, frozen=True, kw_only=True):
    """A line of a register.

    :param serial: its number in the register.
    :param number: of the letter; ``dated`` its day.
    :param state: a void number was used and taken back, a reserved one is not used yet.
    :param why: of a number that is void or reserved.
    """

    serial: str
    number: str = ""
    dated: str = ""
    sender: str = ""
    receiver: str = ""
    subject: str = ""
    action: str = ""
    remark: str = ""
    state: Literal["used", "void", "reserved"] = "used"
    why: str = ""


class Register(Sheet, frozen=True, kw_only=True):
    """A sheet of the receive or the send register, forms 13 and 14.

    A sheet takes some hundred lines; what is longer is printed in parts and joined.

    :param form: ``แบบที่ 13``.
    :param keeper: whose register it is.
    :param span: from which day to which.
    """

    direction: Literal["receive", "send"]
    form: str
    keeper: str
    span: str
    entries: Sequence[Entry]


class Endorsement(Struct, frozen=True, kw_only=True):
    """What somebody proposed or ordered on a letter.

    :param action: in a few words, such as ``เสนอเพื่อพิจารณา``.
    :param to: post or person it goes to next.
    :param signer: ``signed`` says when.
    """

    action: str
    to: str = ""
    text: str = ""
    signer: Signer


class Endorsements(Sheet, frozen=True, kw_only=True):
    """The endorsements of a letter (ใบเกษียน), in the order in which they were made.

    :param letter_number: of the letter; ``dated`` its day.
    """

    subject: str
    letter_number: str
    dated: str
    sender: str
    endorsements: Sequence[Endorsement]


class Receipt(Sheet, frozen=True, kw_only=True):
    """A slip that says that a letter was received, form 18.

    :param number: in the receive register; ``date`` and ``time`` say when it was received.
    """

    form: str
    time: str
    letter_number: str
    dated: str
    sender: str
    receiver: str
    subject: str
    signer: Signer


class ReceiveStamp(Sheet, frozen=True, kw_only=True):
    """The receive stamp (ตรารับ), form 12, to be laid over the copy of a letter.

    :param number: in the receive register.
    :param unit: of a division that has a register of its own; empty of the central one.
    """

    time: str
    unit: str = ""


class NumberStamp(Sheet, frozen=True, kw_only=True):
    """Number, day and signer of a document that came as a file, to be laid over its first page.

    :param line: in whose place it is signed; empty for the own post.
    """

    signer: Signer
    line: str = ""


class Column(Struct, frozen=True, kw_only=True):
    """A column of a list.

    :param width: centimetres; 0 takes what the others leave.
    :param middle: what stands in it is centred.
    """

    head: str
    width: float = 0
    middle: bool = False


class Hand(Struct, frozen=True, kw_only=True):
    """Who signs a list, and as what."""

    role: str
    signer: Signer


class Listing(Sheet, frozen=True, kw_only=True):
    """A list of documents that are kept, handed over or destroyed, forms 19 to 22 and 25.

    :param keeper: whose list it is; ``span`` stands below its title.
    :param notes: below the lines, before the signatures.
    """

    form: str
    keeper: str
    span: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    hands: Sequence[Hand] = ()


class LoanCard(Sheet, frozen=True, kw_only=True):
    """A card that stands where a document was which is lent.

    :param borrower: name, post and agency.
    :param taker: who signs for it, and ``bringer`` who brings it back.
    """

    form: str
    subject: str
    letter_number: str
    file_code: str
    borrower: str
    purpose: str
    lent: str
    due: str
    returned: str
    taker: Signer
    bringer: Signer
