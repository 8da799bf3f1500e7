"""What is asked when a letter is registered, and when numbers are reserved."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import Text
from kit.forms import AnyField, Choice, Day, Groups, Line, Number, Option, Sheet
from plugins.eoffice.rules.retention import DEFAULT, OFFERED
from plugins.eoffice.rules.states import SECRECIES, SPEEDS

Posts = Sequence[tuple[str, Text]]


def options(words: Mapping[str, Text]) -> tuple[Option, ...]:
    """Return a list of codes and their words as options."""
    return tuple(Option(code, label) for code, label in words.items())


def post_options(held: Posts) -> tuple[Option, ...]:
    """Return posts as options."""
    return tuple(Option(key, title) for key, title in held)


def head(held: Posts, *, secrets: bool) -> Groups:
    """Return the questions about a letter from outside.

    :param held: the posts it can be put before first.
    :param secrets: whether the actor enters secret ones.
    """
    secrecies = SECRECIES if secrets else {"normal": SECRECIES["normal"]}
    about: tuple[AnyField, ...] = (
        Line("number", Text("ที่", "Number"), longest=80, help=Text("ตามหนังสือ", "As on it.")),
        Day("dated_on", Text("ลงวันที่", "Dated"), latest_days=0),
        Line("sender", Text("จาก", "From"), longest=300),
        Line("recipient", Text("ถึง", "To"), longest=500),
        Line("subject", Text("เรื่อง", "Subject"), longest=500),
    )
    handling: tuple[AnyField, ...] = (
        Choice("first", Text("เสนอต่อ", "Put before"), options=post_options(held)),
        Choice("speed", Text("ชั้นความเร็ว", "Urgency"), options=options(SPEEDS)),
        Day(
            "due_on",
            Text("ต้องดำเนินการภายในวันที่", "To be acted on by"),
            required=False,
            latest_days=3650,
        ),
        Choice("secrecy", Text("ชั้นความลับ", "Secrecy"), options=options(secrecies)),
        Line(
            "answers",
            Text("ตอบหนังสือของเราที่", "Answers our letter no."),
            longest=80,
            required=False,
            help=Text("เช่น ชม 52001/123 ดูจากบรรทัดอ้างถึง", "As the line of its references says."),
        ),
        kept_as(),
        Line("keywords", Text("คำค้น", "Keywords"), longest=300, required=False),
        Line("remark", Text("หมายเหตุ", "Remark"), longest=300, required=False),
    )
    return (
        (Text("ตัวหนังสือ", "The letter"), about),
        (Text("การดำเนินการ", "What becomes of it"), handling),
    )


def taking_in(case: UUID) -> Sheet:
    """Return the page on which a request is taken in as a letter."""
    return Sheet(
        title=Text("รับคำขอเป็นหนังสือ", "Take a request in as a letter"),
        back=(f"/desk/cases/{case}", Text("เรื่องที่ยื่น", "The case")),
        groups=(),
        button=Text("รับเป็นหนังสือ", "Take it in"),
        intro=Text(
            "ระบบพิมพ์คำขอเป็นหนังสือพร้อมเอกสารที่ยื่น แล้วรอลงทะเบียนรับ ผู้ยื่นจะเห็นเลขรับที่หน้าติดตามเรื่อง",
            "It is printed as a letter, with what was handed in, and waits to be registered. Who "
            "filed it sees the receive number where the case is followed.",
        ),
    )


def kept_as() -> Choice:
    """Return the question how long a document is kept; left open it is the usual class."""
    label = Text("อายุการเก็บ", "Kept as")
    return Choice("retention", label, options=options(OFFERED), required=False)


def reserving(register: str, title: Text) -> Sheet:
    """Return the page on which numbers of a register are reserved."""
    fields: tuple[AnyField, ...] = (
        Number("count", Text("จำนวนเลข", "How many"), least=1, most=50),
        Line("why", Text("เหตุผล", "Why"), longest=300),
    )
    return Sheet(
        title=Text("จองเลข", "Reserve numbers"),
        back=(f"/desk/eoffice/registers/{register}", title),
        groups=((Text("", ""), fields),),
        button=Text("จองเลข", "Reserve"),
        intro=Text(
            "เลขที่จองแล้วไม่ใช้ ต้องยกเลิกพร้อมเหตุผล เลขจะอยู่ในทะเบียนตลอดไป",
            "A reserved number that is not used is made void with a reason, and stays in the "
            "register.",
        ),
    )


def voiding(register: str, number: str) -> Sheet:
    """Return the page on which a reserved number is made void."""
    why = Line("why", Text("เหตุผล", "Why"), longest=300)
    return Sheet(
        title=Text(f"ยกเลิกเลข {number}", f"Make number {number} void"),
        back=(f"/desk/eoffice/registers/{register}", Text("ทะเบียน", "Register")),
        groups=((Text("", ""), (why,)),),
        button=Text("ยกเลิกเลขนี้", "Make it void"),
        danger=True,
    )


def values_of(arrival: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a letter that has arrived, as the form holds it."""
    known = {
        name: arrival[name]
        for name in ("number", "sender", "recipient", "subject", "speed", "secrecy")
        if arrival[name]
    }
    if arrival["dated_on"]:
        known["dated_on"] = arrival["dated_on"].isoformat()
    return known | {"retention": DEFAULT}
