"""Registers: which there are, how their numbers are written, what stands in their columns.

Numbers run from 1 within each register and calendar year of the municipality, never UTC's.
A number that is not used stays in its register with the reason.

Law: Regulation on Correspondence B.E. 2526, cl. 32 (circulars), cl. 35 to 50 (receiving, sending);
which of its clauses restarts the numbers each 1 January is unverified.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from core.api import Tenant, Text
from kit.documents import quoted_number
from kit.thai import ascii_digits, thai_digits

# The central register and one of each division, of a kind that divisions keep too.
RECEIVE, SEND = "receive", "send"
CIRCULAR, ORDER, ANNOUNCEMENT, CERTIFICATE = "circular", "order", "announcement", "certificate"
SECRET_RECEIVE, SECRET_SEND = "secret_receive", "secret_send"

TITLES: Mapping[str, Text] = {
    RECEIVE: Text("ทะเบียนหนังสือรับ", "Register of letters received"),
    SEND: Text("ทะเบียนหนังสือส่ง", "Register of letters sent"),
    CIRCULAR: Text("ทะเบียนหนังสือเวียน", "Register of circulars"),
    ORDER: Text("ทะเบียนคำสั่ง", "Register of orders"),
    ANNOUNCEMENT: Text("ทะเบียนประกาศ", "Register of announcements"),
    CERTIFICATE: Text("ทะเบียนหนังสือรับรอง", "Register of certificates"),
    SECRET_RECEIVE: Text("ทะเบียนรับเอกสารลับ", "Register of secret documents received"),
    SECRET_SEND: Text("ทะเบียนส่งเอกสารลับ", "Register of secret documents sent"),
}
SECRET = frozenset({SECRET_RECEIVE, SECRET_SEND})
# Divisions have registers of their own of these; the others are the whole office's.
OF_DIVISIONS = (RECEIVE, SEND)
MASKED = Text("เอกสารลับ", "Secret document")
_CENTRAL = Text("สารบรรณกลาง", "Central registry")


def register_of(book: str, unit: str = "") -> str:
    """Return the key of a register: ``receive``, or ``receive.works`` of a division."""
    return f"{book}.{unit}" if unit else book


def book_of(register: str) -> tuple[str, str]:
    """Return the book of a register and its division, "" of the whole office."""
    book, _, unit = register.partition(".")
    return book, unit


def is_secret(register: str) -> bool:
    """Return whether a register is of secret documents, for their registrars alone."""
    return book_of(register)[0] in SECRET


def registers(tenant: Tenant) -> list[str]:
    """Return the keys of all registers of an office, but those of secret documents."""
    of_units = [register_of(book, unit) for unit in tenant.units for book in OF_DIVISIONS]
    return [book for book in TITLES if book not in SECRET] + of_units


def title_of(register: str, tenant: Tenant) -> Text:
    """Return what a register is called, with whose it is."""
    book, unit = book_of(register)
    if book not in OF_DIVISIONS:
        return TITLES[book]
    found = tenant.units.get(unit)
    whose = found.name if found else _CENTRAL
    title = TITLES[book]
    return Text(f"{title.th} {whose.th}", f"{title.en}, {whose.en}")


def letter_number(register: str, year: int, number: int, code: str) -> str:
    """Return how a number of one's own is quoted on the document.

    ``ชม 52001/123`` of letters, ``ชม 52001/ว 123`` of circulars, ``12/2569`` of the others, which
    have no code.
    """
    if not code:
        return quoted_number(number, year)
    return f"{code}/ว {number}" if book_of(register)[0] == CIRCULAR else f"{code}/{number}"


_SPACES = re.compile(r"\s+")


def plain_number(number: str) -> str:
    """Return a letter's number as two are compared: Arabic digits, no spaces."""
    return _SPACES.sub("", ascii_digits(unicodedata.normalize("NFC", number))).casefold()


def twin_of(book: str, number: str, dated_on: date, sender: str) -> str:
    """Return by which a letter is known to stand in a book before, in hexadecimal.

    Of another book nothing is known: the ordinary one must not tell what came in secret.
    """
    who = _SPACES.sub("", unicodedata.normalize("NFC", sender)).casefold()
    return sha256(f"{book}\n{plain_number(number)}\n{dated_on}\n{who}".encode()).hexdigest()


def paper_digits(number: int) -> str:
    """Return a number of a register as it is printed, in Thai digits."""
    return thai_digits(str(number))
