"""What stands on a paper: the fields that the templates in ``papers/`` print.

Everything is text as the office writes it in Thai, days included; digits may be Arabic, for
printing makes them Thai. Whoever issues a paper keeps these fields as its snapshot: the
paper, its verification page and every copy come from there, never from today's rows.
An empty field is left out on the paper.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

# Whether a sheet says that it is the original, a copy, or of a paper that no longer counts.
Mark = Literal["", "original", "copy", "cancelled"]


class Row(Struct, frozen=True):
    """A label and its value, on a dotted line."""

    label: str
    value: str


class Table(Struct, frozen=True):
    """Columns with a head; every row has as many cells as there are heads.

    :param numbers: which columns, counted from 0, are figures and stand to the right.
    :param total: the last row is the sum.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    numbers: Sequence[int] = ()
    total: bool = False


class Office(Struct, frozen=True, kw_only=True):
    """The municipality as its letterhead shows it.

    :param address: a line for each part of the address.
    :param contact: telephone and e-mail with their labels, one each.
    :param accent: the tenant's colour, ``#`` and six hexadecimal digits; the paper darkens a
        light one.
    :param places: names of places that no line may break.
    """

    name: str
    address: Sequence[str]
    contact: Sequence[str] = ()
    accent: str = "#2A4480"
    places: Sequence[str] = ()


class Acting(Struct, frozen=True, kw_only=True):
    """In whose place somebody signs.

    :param how: ``replacing`` when the holder of the post cannot act, ``delegated`` when the holder
        gave the power away by order, ``filling`` while the post is vacant.
    :param order: the order or provision that allows it, with number and day.

    Law: Municipality Act B.E. 2496, s. 48 visati.
    """

    how: Literal["replacing", "delegated", "filling"]
    post: str
    order: str = ""


class Signer(Struct, frozen=True, kw_only=True):
    """Who signs.

    :param name: full name with title, without brackets.
    :param signed: when it was signed electronically; empty leaves a line for the pen.
    """

    name: str
    post: str = ""
    acting: Acting | None = None
    signed: str = ""


class Scan(Struct, frozen=True, kw_only=True):
    """A QR code and how to get there without one.

    :param url: what the code holds.
    :param site: the short address a person types.
    :param code: what a person types there.
    """

    url: str
    site: str
    code: str


class Paper(Struct, frozen=True, kw_only=True):
    """What every paper has.

    :param number: as quoted, ``12/2569``, or the register number of a letter.
    :param issued_at: aware; the creation date in the file, so that equal snapshots make
        equal files.
    :param mark: what the sheet says of itself.
    """

    title: str
    number: str
    date: str
    issued_at: datetime
    office: Office
    mark: Mark = ""
    verify: Scan | None = None


class General(Paper, frozen=True, kw_only=True):
    """The paper of a service: rows, text, a table, a signature.

    :param form: the code of a form that is prescribed, such as แบบ อ.1.
    """

    form: str = ""
    rows: Sequence[Row] = ()
    paragraphs: Sequence[str] = ()
    table: Table | None = None
    signer: Signer | None = None


class Certificate(Paper, frozen=True, kw_only=True):
    """A certificate (form 10 of the correspondence regulation).

    :param certifies: what is certified, without the opening words, which the paper has.
    :param until: the last day on which it counts.
    """

    certifies: str
    rows: Sequence[Row] = ()
    paragraphs: Sequence[str] = ()
    until: str = ""
    signer: Signer


class Letter(Paper, frozen=True, kw_only=True):
    """An official letter to one person or office (form 1 of the correspondence regulation).

    :param opening: the salutation's verb; the usual one when empty.
    :param closing: must match the opening; the usual one when empty.
    :param unit: the owner of the matter, with telephone and e-mail, a line for each.
    """

    subject: str
    to: str
    opening: str = ""
    references: Sequence[str] = ()
    enclosures: Sequence[str] = ()
    paragraphs: Sequence[str] = ()
    closing: str = ""
    signer: Signer
    unit: Sequence[str] = ()
    copies: Sequence[str] = ()
