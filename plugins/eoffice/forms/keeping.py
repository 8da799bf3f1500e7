"""What is asked of who keeps one document: class, place, holds, loans; and of a whole list."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.api import Text
from kit.forms import AnyField, Choice, Day, Line, Option, Sheet, When, Yes, ungrouped
from kit.law import Limits
from plugins.eoffice.forms.receiving import options
from plugins.eoffice.rules.retention import CLASSES, SECRET, SET_BY_LAW, Retention

Back = tuple[str, Text]
SAVE = Text("บันทึก", "Save")
_WHY = Text("เหตุผล", "Why")
INSIDE, OUTSIDE = "inside", "outside"


def year(name: str, label: Text, *, help: Text | None = None, when: When | None = None) -> Line:
    """Return the question for a Buddhist year."""
    return Line(name, label, shortest=4, longest=4, digits=True, help=help, when=when)


def whole(values: Mapping[str, Any], name: str) -> int | None:
    """Return a year as it was typed; None where it was not asked for."""
    return int(values[name]) if values.get(name) else None


def why(label: Text = _WHY, *, help: Text | None = None) -> Line:
    """Return the question for a reason."""
    return Line("why", label, longest=500, help=help)


def classing(back: Back, limits: Limits) -> Sheet:
    """Return the page on which another class of keeping is chosen."""
    kinds = tuple(
        Option(one.code, _termed(one, limits), one.note)
        for one in CLASSES.values()
        if one.code != SECRET
    )
    by_law = When("code", tuple(SET_BY_LAW))
    return Sheet(
        title=Text("กำหนดอายุการเก็บ", "How long it is kept"),
        back=back,
        groups=ungrouped(
            Choice("code", Text("ชั้นการเก็บ", "Kept as"), options=kinds),
            year("until", Text("เก็บถึงปี พ.ศ.", "Last year B.E."), when=by_law),
            why(),
        ),
        button=SAVE,
        intro=Text(
            "เก็บถึงวันที่ 31 ธันวาคมของปีสุดท้าย นับจากปีที่เรื่องเสร็จ",
            "Kept until 31 December of the last year, counted from the year of completion.",
        ),
    )


def _termed(kind: Retention, limits: Limits) -> Text:
    """Return what a class is called, with how long it is kept where that is so many years."""
    if kind.ends != "years":
        return kind.title
    years = limits[kind.figure].whole
    return Text(f"{kind.title.th} {years} ปี", f"{kind.title.en}, {years} years")


def holding(back: Back) -> Sheet:
    """Return the page on which a document is held."""
    who = Text("ผู้สั่งหรือผู้ขอให้ระงับ", "Who orders it")
    help = Text("เช่น ศาลปกครอง สตง. ป.ป.ช. หรือนิติกร", "Such as a court or the audit office.")
    return Sheet(
        title=Text("ระงับการทำลาย", "Hold this document"),
        back=back,
        groups=ungrouped(Line("ordered_by", who, longest=200, help=help), why()),
        button=Text("ระงับการทำลาย", "Hold it"),
        intro=Text(
            "หนังสือจะไม่ถูกทำลายหรือส่งออกจากหน่วยงาน จนกว่าจะยกเลิกการระงับ",
            "It is neither destroyed nor handed away until the hold is lifted.",
        ),
    )


def lifting(back: Back) -> Sheet:
    """Return the page on which a hold is lifted."""
    return Sheet(
        title=Text("ยกเลิกการระงับ", "Lift the hold"),
        back=back,
        groups=ungrouped(why()),
        button=Text("ยกเลิกการระงับ", "Lift it"),
        danger=True,
    )


def auditing(back: Back) -> Sheet:
    """Return the page on which a document is left with its owner for audits."""
    help = Text("ชื่อและตำแหน่งผู้รับผิดชอบ", "Name and post of who answers for it.")
    return Sheet(
        title=Text("เก็บไว้เพื่อใช้ในการตรวจสอบ", "Keep for audit"),
        back=back,
        groups=ungrouped(Line("keeper", Text("ผู้เก็บ", "Kept by"), longest=200, help=help)),
        button=SAVE,
        intro=Text(
            "เจ้าของเรื่องเก็บเองจนหมดความจำเป็น แล้วจึงส่งเก็บ",
            "The owner keeps it as long as it is needed, and then hands it to storage.",
        ),
    )


def filing(back: Back) -> Sheet:
    """Return the page on which the place of a document is written down."""
    paper = Text("มีต้นฉบับเป็นกระดาษ", "There is an original on paper")
    return Sheet(
        title=Text("ที่เก็บและต้นฉบับ", "Place and original"),
        back=back,
        groups=ungrouped(*_shelf(required=False), Yes("paper", paper, required=False)),
        button=SAVE,
    )


def _shelf(*, required: bool) -> tuple[AnyField, ...]:
    place = Text("เช่น ห้องเก็บเอกสาร ตู้ 3 ชั้น 2", "Such as: cabinet 3, shelf 2.")
    return (
        Line("file_code", Text("รหัสแฟ้ม", "Code of the file"), longest=40, required=required),
        Line("place", Text("ที่เก็บ", "Place"), longest=200, required=False, help=place),
    )


def taking_in(back: Back) -> Sheet:
    """Return the page on which storage takes the documents of a list."""
    return Sheet(
        title=Text("รับหนังสือเข้าหน่วยเก็บ", "Take into storage"),
        back=back,
        groups=ungrouped(*_shelf(required=True)),
        button=Text("รับและลงทะเบียนหนังสือเก็บ", "Take and register"),
        intro=Text(
            "ตรวจหนังสือกับบัญชี แล้วประทับตรากำหนดเก็บตามที่แสดง",
            "Compare the documents with the list, and stamp each as shown.",
        ),
    )


def sending_back(back: Back) -> Sheet:
    """Return the page on which storage sends a list back."""
    return Sheet(
        title=Text("ส่งบัญชีคืนเจ้าของเรื่อง", "Send the list back"),
        back=back,
        groups=ungrouped(why()),
        button=Text("ส่งคืน", "Send back"),
        danger=True,
    )


def lending(back: Back, officers: Sequence[tuple[str, Text]]) -> Sheet:
    """Return the page on which a document is lent.

    :param officers: who may borrow it at once.
    """
    to = {
        INSIDE: Text("เจ้าหน้าที่ของหน่วยงานนี้", "An officer of this office"),
        OUTSIDE: Text("หน่วยงานอื่น", "Another agency"),
    }
    inside, outside = When("to", (INSIDE,)), When("to", (OUTSIDE,))
    allowed = Text("ผู้อำนวยการขึ้นไปต้องอนุญาตก่อน", "A director or above has to allow it first.")
    return Sheet(
        title=Text("ให้ยืมหนังสือ", "Lend this document"),
        back=back,
        groups=ungrouped(
            Choice("to", Text("ผู้ยืม", "Borrower"), options=options(to)),
            Choice(
                "account",
                Text("เจ้าหน้าที่", "Officer"),
                options=tuple(Option(id, name) for id, name in officers),
                when=inside,
            ),
            Line("agency", Text("หน่วยงาน", "Agency"), longest=200, when=outside, help=allowed),
            Line("name", Text("ชื่อผู้ยืม", "Name"), longest=200, when=outside),
            Line("post", Text("ตำแหน่ง", "Post"), longest=200, when=outside),
            Line("purpose", Text("นำไปใช้ในราชการใด", "What for"), longest=500),
            Day(
                "due_on",
                Text("กำหนดส่งคืน", "Due back on"),
                earliest_days=0,
                latest_days=365,
            ),
        ),
        button=Text("ให้ยืม", "Lend"),
    )


def refusing(back: Back) -> Sheet:
    """Return the page on which a loan is refused."""
    return Sheet(
        title=Text("ไม่อนุญาตให้ยืม", "Refuse the loan"),
        back=back,
        groups=ungrouped(why()),
        button=Text("ไม่อนุญาต", "Refuse"),
        danger=True,
    )


def allowing(back: Back) -> Sheet:
    """Return the page on which a loan to another agency is allowed."""
    return Sheet(
        title=Text("อนุญาตให้หน่วยงานอื่นยืม", "Allow the loan"),
        back=back,
        groups=ungrouped(),
        button=Text("อนุญาต", "Allow"),
        intro=Text("นับเป็นวันยืมตั้งแต่วันนี้", "It counts as lent from today."),
    )


def returning(back: Back) -> Sheet:
    """Return the page on which a document comes back."""
    who = Text("ผู้นำมาส่งคืน", "Brought back by")
    return Sheet(
        title=Text("รับหนังสือคืน", "Take it back"),
        back=back,
        groups=ungrouped(Line("brought_by", who, longest=200)),
        button=Text("รับคืน", "Take it back"),
    )


def exporting(back: Back, registers: Sequence[tuple[str, Text]]) -> Sheet:
    """Return the page on which an export is asked for."""
    return Sheet(
        title=Text("ส่งออกทะเบียนและไฟล์", "Export a register with its files"),
        back=back,
        groups=ungrouped(
            Choice(
                "register",
                Text("ทะเบียน", "Register"),
                options=tuple(Option(key, title) for key, title in registers),
            ),
            year("year", Text("ปี พ.ศ.", "Year B.E.")),
        ),
        button=Text("จัดทำชุดส่งออก", "Make the package"),
        intro=Text(
            "ได้ไฟล์ ZIP ที่มีทะเบียน หนังสือทุกฉบับพร้อมไฟล์ต้นฉบับ และลายมือชื่อของหน่วยงาน ไม่มีเอกสารลับ",
            "A ZIP with the register, every letter with its files as they are kept, and the "
            "signature of the office. Secret letters are never in it.",
        ),
    )


def day(value: str) -> date:
    """Return the day of a form."""
    return date.fromisoformat(value)
