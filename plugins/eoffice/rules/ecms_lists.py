"""What a node knows: agencies, ministries, codes, its clock, what became of what was sent."""

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from msgspec import Struct

from core.api import Text
from kit.thai import BANGKOK, ascii_digits
from plugins.eoffice.rules.ecms_letters import MINISTRY_DIGITS, is_department
from plugins.eoffice.rules.ecms_tree import (
    Unreadable,
    below,
    children,
    said,
)

ORGANIZATIONS = "GetOrganizationList"
MINISTRIES = "GetMinistryOrganizationList"
SECRETS, SPEEDS, FILE_KINDS = "GetSecretCodes", "GetSpeedCodes", "GetMimeCodes"
CLOCK, STATUS = "TimeCheckRequest", "OutboundStatusRequest"

_NO_CLOCK = Text(
    "อ่านเวลาของระบบ eCMS ไม่ได้",
    "The time of the eCMS node cannot be read",
)


class Organization(Struct, frozen=True, kw_only=True):
    """An agency as a node lists it.

    :param name: in Thai, or the only one that there is.
    :param department: five digits.
    :param node: URL of its node.
    """

    department: str
    name: str
    english: str
    node: str


class Ministry(Struct, frozen=True, kw_only=True):
    """A ministry; its code has two digits."""

    code: str
    name: str


class ListedCode(Struct, frozen=True, kw_only=True):
    """A code as the node itself explains it."""

    code: str
    label: str


class ListedKind(Struct, frozen=True, kw_only=True):
    """A kind of file that the node says it takes."""

    extension: str
    mime: str


class Outbound(Struct, frozen=True, kw_only=True):
    """Something that a node took over to pass it on.

    :param status: in the words of the node.
    """

    process: str
    number: str
    status: str


def read_organizations(answer: Element) -> dict[str, Organization]:
    """Return the agencies by their codes; what has no code of five digits is left out."""
    found = {}
    for one in below(answer, "OrganizationID"):
        code = ascii_digits(said(one, "OrganizationID"))
        if is_department(code):
            name, english = _names(one)
            found[code] = Organization(
                department=code, name=name, english=english, node=said(one, "ECMS-URL")
            )
    return found


def _names(one: Element) -> tuple[str, str]:
    """Return the Thai and the English name; older nodes call both ``name``, in no sure order."""
    texts = [said(one, "Th-Name"), said(one, "En-Name")]
    texts += [(name.text or "").strip() for name in children(one, "name")]
    given = [text for text in texts if text]
    thai = next((text for text in given if not text.isascii()), "")
    english = next((text for text in given if text.isascii()), "")
    return thai or english, english


def read_ministries(answer: Element) -> tuple[Ministry, ...]:
    """Return the ministries in the order of the node."""
    return tuple(
        Ministry(code=code, name=_names(one)[0])
        for one in below(answer, "MinistryID")
        if len(code := ascii_digits(said(one, "MinistryID"))) == MINISTRY_DIGITS
    )


def read_codes(answer: Element) -> tuple[ListedCode, ...]:
    """Return what the node says of secrecy or speed."""
    return tuple(
        ListedCode(code=ascii_digits(said(one, "Value")), label=said(one, "Description"))
        for one in below(answer, "Value")
    )


def read_kinds(answer: Element) -> tuple[ListedKind, ...]:
    """Return the kinds of files that the node takes."""
    return tuple(
        ListedKind(
            extension=said(one, "File-Extension").lower().removeprefix("."),
            mime=said(one, "Content-type").lower(),
        )
        for one in below(answer, "File-Extension")
    )


def read_status(answer: Element) -> tuple[Outbound, ...]:
    """Return what the node took over, in its order."""
    return tuple(_outbound(answer))


def _outbound(answer: Element) -> Iterator[Outbound]:
    for one in below(answer, "LetterID"):
        yield Outbound(
            process=said(one, "ProcessID"),
            number=said(one, "LetterID"),
            status=said(one, "ProcessStatus"),
        )


def read_clock(answer: Element) -> datetime:
    """Return the time of the node, aware, UTC; without a zone it is that of Bangkok.

    :raises Unreadable: it says none.
    """
    text = ascii_digits(said(answer, "ECMSTime") or (answer.text or "").strip())
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=BANGKOK)).astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise Unreadable(_NO_CLOCK) from problem
