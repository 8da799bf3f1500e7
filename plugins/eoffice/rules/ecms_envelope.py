"""The envelope around what is asked of an eCMS node, and what is inside of its answer.

Source: TH e-GIF e-Saraban profile as public clients of eCMS speak it; SOAP 1.1.
"""

import re
from xml.etree.ElementTree import Element, register_namespace, tostring

from core.api import Text
from plugins.eoffice.rules.ecms_tree import (
    LARGEST_MESSAGE,
    Unreadable,
    add,
    child,
    local,
    read_tree,
    said,
)
from plugins.eoffice.rules.parcels import Unsent

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ADDRESSING = "http://www.w3.org/2005/08/addressing"
RSM = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
RAM = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"
for _prefix, _namespace in (("s", SOAP), ("wsa", ADDRESSING), ("rsm", RSM), ("ram", RAM)):
    register_namespace(_prefix, _namespace)

_DECLINED = Text(
    "ระบบ eCMS ไม่รับรายการนี้ ({code} {said})",
    "The eCMS node does not take it ({code} {said})",
)
_TROUBLED = Text(
    "ระบบ eCMS ขัดข้อง ({said}) ระบบจะลองใหม่เอง",
    "The eCMS node is in trouble ({said}); it will be tried again",
)
_STRANGE = Text(
    "ระบบ eCMS ตอบกลับด้วยข้อความที่ไม่รู้จัก ({said}) ระบบจะลองใหม่เอง",
    "The eCMS node answered with something unknown ({said}); it will be tried again",
)
_LARGE = Text(
    "หนังสือพร้อมไฟล์แนบมีขนาดใหญ่เกิน {most} MB จึงส่งผ่านระบบ eCMS ไม่ได้ ให้ลดขนาดไฟล์หรือส่งทางอื่น",
    "The letter with its files is larger than {most} MB and cannot go through eCMS; "
    "make the files smaller or send it another way",
)


class Declined(Unsent):
    """The node read it and said no."""

    def __init__(self, why: Text) -> None:
        super().__init__(why, again=False)


def request(name: str) -> Element:
    """Return what is asked of a node, which has no namespace, by its name."""
    return Element(name)


def envelope(asked: Element, *, message: str, to: str) -> bytes:
    """Return the message to post.

    :param message: its id, the same at every attempt.
    :param to: URL of the node that it is for in the end.
    :raises Unsent: it is too large.
    """
    root = Element(f"{{{SOAP}}}Envelope")
    header = add(root, f"{{{SOAP}}}Header")
    add(header, f"{{{ADDRESSING}}}MessageID", message)
    add(header, f"{{{ADDRESSING}}}To", to)
    add(root, f"{{{SOAP}}}Body", ID="Body").append(asked)
    # A reader turns a bare carriage return into a line feed.
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    written = written.replace(b"\r", b"&#13;")
    check_size(len(written))
    return written


def check_size(size: int) -> None:
    """Refuse what is larger than a message may be.

    :param size: bytes of the message.
    :raises Unsent: for good.
    """
    if size > LARGEST_MESSAGE:
        most = LARGEST_MESSAGE * 3 // 4 // 2**20
        raise Unsent(_LARGE.format(most=most), again=False)


def open_answer(data: bytes, wanted: str) -> Element:
    """Return what a node answered.

    :param wanted: how the name of the answer begins.
    :raises Declined: it said no.
    :raises Unreadable: it cannot be read, or is none.
    :raises Unsent: it is in trouble.
    """
    root = read_tree(data)
    body = child(root, "Body") if local(root.tag) == "envelope" else None
    answer = next(iter(body), None) if body is not None else root
    if answer is None:
        raise Unreadable(_STRANGE.format(said=local(root.tag)[:40]))
    _refuse(answer)
    if not local(answer.tag).startswith(wanted.lower()):
        raise Unreadable(_STRANGE.format(said=local(answer.tag)[:40]))
    return answer


def _refuse(answer: Element) -> None:
    for one in (answer, *answer):
        name = local(one.tag)
        if name == "errordetail":
            code, description = said(one, "ErrorCode"), said(one, "ErrorDescription")
            raise Declined(_DECLINED.format(code=_shown(code), said=_shown(description)))
        if name == "fault":
            code, description = said(one, "faultcode"), said(one, "faultstring")
            if "client" in code.lower():
                raise Declined(_DECLINED.format(code=_shown(code), said=_shown(description)))
            raise Unsent(_TROUBLED.format(said=_shown(f"{code} {description}")), again=True)


def _shown(text: str) -> str:
    return re.sub(r"\s+", " ", text)[:200]
