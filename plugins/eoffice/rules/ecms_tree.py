"""XML as nodes of eCMS speak it: read with every guard and much patience, written strictly.

Names are found by what they say, whatever their case, prefix or namespace: nodes and clients of
other years differ in all three.
"""

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, SubElement, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from core.api import Text
from kit.thai import BUDDHIST_OFFSET, ascii_digits
from plugins.eoffice.rules.parcels import Unsent

# Bytes of one message. Base64 adds a third: 48 MB of files go into one letter.
LARGEST_MESSAGE = 64 * 1024 * 1024
# Of "<" and of "=", more than a letter or a list of all agencies has. Memory grows with the
# elements and attributes of a message, not with its texts.
MOST_MARKS = 200_000
DEEPEST = 32
# Where the names of a letter end and its files begin, at the latest.
BEGINNING = 256 * 1024
_PIECE = 1024 * 1024

# A file that says TIS-620 was mostly written on Windows, whose code page has more signs.
_UTF8, _THAI = "utf-8", "cp874"
_CODECS = {
    "utf-8": _UTF8, "utf8": _UTF8, "us-ascii": _UTF8,
    "tis-620": _THAI, "tis620": _THAI, "iso-8859-11": _THAI, "windows-874": _THAI, "cp874": _THAI,
}  # fmt: skip
_DECLARED = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{1,40})\s*["']""")
# What stands before the first sign of files that programs put together by hand.
_BEFORE = b"\xef\xbb\xbf \t\r\n"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T Z+-].*)?", re.DOTALL)
_FIRST_BUDDHIST_YEAR = 2400  # no letter is of the year 2400 of the Common Era

TOO_LARGE = Text(
    "ข้อความจากระบบ eCMS มีขนาดใหญ่เกินกว่าที่รับได้",
    "What came from the eCMS node is larger than can be taken",
)
_NOT_XML = Text(
    "อ่านข้อความจากระบบ eCMS ไม่ได้ เพราะรูปแบบ XML ไม่ถูกต้อง",
    "What came from the eCMS node cannot be read: its XML is not well formed",
)
_UNSAFE = Text(
    "ไม่รับข้อความจากระบบ eCMS ที่มีส่วนประกาศ DTD",
    "XML with a DTD is not taken from an eCMS node",
)
_ENCODING = Text(
    "อ่านข้อความจากระบบ eCMS ไม่ได้ เพราะรหัสอักขระไม่ตรงกับที่แจ้งไว้หรือไม่รู้จัก",
    "What came from the eCMS node is not in the encoding that it declares, or in an unknown one",
)
_SIGN = Text(
    "ข้อความ “{text}” มีอักขระควบคุม ({sign}) ที่ส่งผ่านระบบ eCMS ไม่ได้ ให้ลบออกก่อนส่ง",
    "The text “{text}” holds a control sign ({sign}) that eCMS cannot carry; remove it first",
)


class Unreadable(Unsent):
    """What a node said cannot be read; it may be at another time."""

    def __init__(self, why: Text) -> None:
        super().__init__(why, again=True)


class _Bounded(TreeBuilder):
    """Builds a tree of a depth that a letter has, and keeps what there is of a broken one."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Element | None = None
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable(_NOT_XML)
        element = super().start(tag, attrs)
        if self.root is None:
            self.root = element
        return element

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def read_tree(data: bytes) -> Element:
    """Return the root of a message.

    :raises Unreadable: it is too large, not XML, in another encoding than it says, or has a DTD.
    """
    if len(data) > LARGEST_MESSAGE:
        raise Unreadable(TOO_LARGE)
    data = data.lstrip(_BEFORE)
    if max(data.count(b"<"), data.count(b"=")) > MOST_MARKS:
        raise Unreadable(_NOT_XML)
    builder = _Bounded()
    parser = _parser(builder)
    try:
        _feed(parser, _as_utf8(data))
        parser.close()
    except DefusedXmlException as problem:
        raise Unreadable(_UNSAFE) from problem
    except ParseError as problem:
        lied = _codec(data) == _UTF8 and not _is_utf8(data)
        raise Unreadable(_ENCODING if lied else _NOT_XML) from problem
    if builder.root is None:
        raise Unreadable(_NOT_XML)
    return builder.root


def read_beginning(data: bytes) -> Element | None:
    """Return the root of a message that is cut or broken, with what is below it up to there.

    :returns: None where not even a root can be read.
    """
    builder = _Bounded()
    try:
        _parser(builder).feed(_as_utf8(data[:BEGINNING].lstrip(_BEFORE), errors="replace"))
    except (DefusedXmlException, ParseError, Unreadable):
        # It is known to be broken; what stands before that is wanted.
        return builder.root
    return builder.root


def _feed(parser: DefusedXMLParser, data: bytes) -> None:
    """Read in pieces, between which whatever else the process does can go on."""
    for at in range(0, len(data), _PIECE):
        parser.feed(data[at : at + _PIECE])


def _parser(builder: _Bounded) -> DefusedXMLParser:
    return DefusedXMLParser(target=builder, encoding="utf-8", forbid_dtd=True)


def _as_utf8(data: bytes, errors: str = "strict") -> bytes:
    codec = _codec(data)
    if codec == _UTF8 and errors == "strict":
        # Expat refuses what is not; a second copy of a large letter is spared.
        return data
    try:
        text = data.decode(codec, errors)
    except UnicodeDecodeError as problem:
        raise Unreadable(_ENCODING) from problem
    if codec != _UTF8 and not data.isascii() and _is_utf8(data):
        raise Unreadable(_ENCODING)
    return text.encode()


def _codec(data: bytes) -> str:
    declared = _DECLARED.match(data)
    codec = _CODECS.get(declared[1].decode("ascii").lower()) if declared else _UTF8
    # A zero byte among the first is UTF-16, which no node has been seen to speak.
    if codec is None or b"\0" in data[:4]:
        raise Unreadable(_ENCODING)
    return codec


def _is_utf8(data: bytes) -> bool:
    """Return whether it can be UTF-8, which Thai in one byte a letter never is by chance."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def local(name: str) -> str:
    """Return a name without its namespace, in small letters."""
    return name.rpartition("}")[2].lower()


def children(parent: Element | None, name: str) -> list[Element]:
    """Return what is directly below under a name."""
    return [] if parent is None else [one for one in parent if local(one.tag) == name.lower()]


def child(parent: Element | None, *path: str) -> Element | None:
    """Return the first thing below by the names that lead to it."""
    for name in path:
        parent = next(iter(children(parent, name)), None)
    return parent


def said(parent: Element | None, *path: str) -> str:
    """Return the text below by the names that lead to it, without white space around it."""
    found = child(parent, *path)
    return ((found.text if found is not None else None) or "").strip()


def below(root: Element, name: str) -> Iterator[Element]:
    """Yield whatever is somewhere below and has a child of that name."""
    return (one for one in root.iter() if child(one, name) is not None)


def day(text: str) -> date | None:
    """Return the day of ``yyyy-mm-dd``, in either digits and of either era; None if it is none."""
    found = _DAY.fullmatch(ascii_digits(text.strip()))
    if found is None:
        return None
    year, month, number = (int(part) for part in found.groups())
    try:
        return date(year - BUDDHIST_OFFSET if year >= _FIRST_BUDDHIST_YEAR else year, month, number)
    except ValueError:
        return None


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """Write an element below another one.

    :raises Unsent: the text has a sign that XML cannot carry.
    """
    if strange := _NOT_IN_XML.search(text):
        clean = _NOT_IN_XML.sub("?", text)[:80]
        why = _SIGN.format(text=clean, sign=f"U+{ord(strange[0]):04X}")
        raise Unsent(why, again=False)
    element = SubElement(parent, name, attributes)
    element.text = text
    return element
