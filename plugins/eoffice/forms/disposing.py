"""What is asked when a list of documents takes its next step."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.api import Text
from kit.forms import Choice, Day, Line, Lines, Option, Sheet, When, Yes, ungrouped
from plugins.eoffice.forms.keeping import SAVE, Back, why, year
from plugins.eoffice.forms.receiving import options
from plugins.eoffice.rules.disposing import DECISIONS, DESTROY, KEEP, REASONED, REPLIES, Kind

_NUMBER, _ON = Text("เลขที่", "Number"), Text("ลงวันที่", "Dated")
NOTHING_ELECTRONIC = Text(
    "ทำลายหรือส่งมอบเฉพาะต้นฉบับกระดาษ ไฟล์อิเล็กทรอนิกส์ ทะเบียน และการเกษียนหนังสือยังอยู่ครบ ระบบไม่ลบเอง",
    "Only paper is destroyed or handed over. Files, registers and what was written on letters all "
    "stay: the system deletes nothing by itself.",
)


def deciding(kinds: Sequence[str]) -> tuple[Any, ...]:
    """Return the questions about the documents that are ticked.

    :param kinds: what may be decided now.
    """
    fields: list[Any] = [
        Choice(
            "decision",
            Text("ผลการพิจารณาของรายการที่เลือก", "What becomes of those ticked"),
            options=options({kind: DECISIONS[kind] for kind in kinds}),
        )
    ]
    if KEEP in kinds:
        keep = When("decision", (KEEP,))
        fields.append(year("until", Text("เก็บถึงปี พ.ศ.", "Last year B.E."), when=keep))
    reasoned = tuple(kind for kind in kinds if kind in REASONED)
    stays = When("decision", reasoned)
    fields.append(Line("why", Text("เหตุผล", "Why"), longest=500, when=stays))
    if DESTROY in kinds:
        rest = Text("ใช้กับทุกรายการที่ยังไม่พิจารณาด้วย", "Of all that are not decided on yet, too")
        fields.append(Yes("rest", rest, required=False))
    return tuple(fields)


def appointing(back: Back, row: Mapping[str, Any], least: int) -> Sheet:
    """Return the page on which the committee is written down.

    :param least: members that it has.
    """
    help = Text(
        f"บรรทัดละคน ชื่อ | ตำแหน่ง คนแรกเป็นประธาน อย่างน้อย {least} คน",
        f"One on a line: name | post. The chair first; at least {least}.",
    )
    return Sheet(
        title=Text("คณะกรรมการทำลายหนังสือ", "The committee"),
        back=back,
        groups=ungrouped(
            Lines("committee", Text("กรรมการ", "Members"), longest=8_000, help=help),
            Line("number", Text("คำสั่งแต่งตั้งเลขที่", "Order no."), longest=80),
            Day("on", _ON, latest_days=0),
        ),
        button=SAVE,
        hidden=_seen(row),
    )


def _seen(row: Mapping[str, Any]) -> dict[str, str]:
    return {"revision": str(row["revision"])}


def dissenting(back: Back, row: Mapping[str, Any]) -> Sheet:
    """Return the page on which a member's dissent is written down."""
    members = tuple(
        Option(str(at), Text(one["name"], one["name"])) for at, one in enumerate(row["committee"])
    )
    about = Text("เช่น ลำดับที่ 4 และ 7 ไม่กรอกคือทั้งบัญชี", "Such as nos. 4 and 7; empty is all.")
    return Sheet(
        title=Text("บันทึกความเห็นแย้ง", "Note a dissent"),
        back=back,
        groups=ungrouped(
            Choice("member", Text("กรรมการ", "Member"), options=members),
            Line("about", Text("เกี่ยวกับ", "About"), longest=200, required=False, help=about),
            Lines("text", Text("ความเห็นแย้ง", "The opinion"), longest=2_000),
        ),
        button=SAVE,
    )


def reporting(back: Back, row: Mapping[str, Any]) -> Sheet:
    """Return the page on which the committee reports to the head."""
    return Sheet(
        title=Text("รายงานหัวหน้าหน่วยงาน", "Report to the head"),
        back=back,
        groups=ungrouped(),
        button=Text("รายงานผลการพิจารณา", "Report"),
        hidden=_seen(row),
        intro=Text(
            "พิมพ์บัญชีให้คณะกรรมการลงลายมือชื่อ แล้วรายงาน หลังรายงานกรรมการแก้ผลพิจารณาไม่ได้",
            "Have the committee sign the printed list, then report. It changes nothing after.",
        ),
    )


def agreeing(back: Back, row: Mapping[str, Any]) -> Sheet:
    """Return the page on which the head has a list sent to the archives."""
    return Sheet(
        title=Text("สั่งให้ส่งหอจดหมายเหตุแห่งชาติ", "Have it sent to the archives"),
        back=back,
        groups=ungrouped(),
        button=Text("เห็นชอบ ให้ส่งหอจดหมายเหตุแห่งชาติ", "Agree, and have it sent"),
        hidden=_seen(row),
        intro=Text(
            "รายการที่ยังไม่ควรทำลาย ให้สั่งเก็บต่อในหน้าบัญชีก่อน",
            "What shall not be destroyed yet is first decided to be kept on the page of the list.",
        ),
    )


def sending(back: Back, row: Mapping[str, Any]) -> Sheet:
    """Return the page on which the letter to the archives is written down."""
    return Sheet(
        title=Text("ส่งหอจดหมายเหตุแห่งชาติ", "To the National Archives"),
        back=back,
        groups=ungrouped(Line("number", _NUMBER, longest=80), Day("on", _ON, latest_days=0)),
        button=SAVE,
        hidden=_seen(row),
        intro=Text("กรอกหนังสือที่ส่งบัญชีไป", "The letter by which the list went there."),
    )


def answering(back: Back, row: Mapping[str, Any]) -> Sheet:
    """Return the page on which the answer of the archives is written down."""
    told = When("reply", ("agreed", "changed"))
    return Sheet(
        title=Text("ผลของหอจดหมายเหตุแห่งชาติ", "What the archives say"),
        back=back,
        groups=ungrouped(
            Choice("reply", Text("ผล", "Answer"), options=options(REPLIES)),
            Line("number", _NUMBER, longest=80, when=told),
            Day("on", _ON, latest_days=0, when=told),
        ),
        button=SAVE,
        hidden=_seen(row),
        intro=Text(
            "ถ้าให้เก็บหรือขอรับบางรายการ แก้ผลในหน้าบัญชีก่อน",
            "Where they want some kept or given, first note that on the page of the list.",
        ),
    )


def approving(back: Back, row: Mapping[str, Any]) -> Sheet:
    """Return the page on which the head approves."""
    return Sheet(
        title=Text("อนุมัติทำลายหนังสือ", "Approve the destruction"),
        back=back,
        groups=ungrouped(),
        button=Text("อนุมัติ", "Approve"),
        hidden=_seen(row),
        intro=NOTHING_ELECTRONIC,
        danger=True,
    )


def carrying_out(back: Back, row: Mapping[str, Any]) -> Sheet:
    """Return the page on which it is written down that the paper is gone."""
    destroys = row["kind"] == Kind.DESTROY
    how = Text("วิธีทำลาย และผู้ควบคุม", "How, and before whom")
    taker = Text("ผู้รับมอบ", "Taken over by")
    help = Text("เช่น ย่อยด้วยเครื่อง ต่อหน้าคณะกรรมการ", "Such as: shredded before the committee.")
    return Sheet(
        title=Text("บันทึกการทำลาย", "Paper was destroyed")
        if destroys
        else Text("บันทึกการส่งมอบ", "Paper was handed over"),
        back=back,
        groups=ungrouped(
            Day("on", Text("เมื่อวันที่", "On"), latest_days=0),
            Line(
                "method",
                how if destroys else taker,
                longest=300,
                help=help if destroys else None,
            ),
        ),
        button=SAVE,
        hidden=_seen(row),
        intro=NOTHING_ELECTRONIC,
        danger=True,
    )


def dropping(back: Back, row: Mapping[str, Any]) -> Sheet:
    """Return the page on which a list is dropped."""
    return Sheet(
        title=Text("ยกเลิกบัญชีนี้", "Drop this list"),
        back=back,
        groups=ungrouped(why()),
        button=Text("ยกเลิกบัญชี", "Drop it"),
        hidden=_seen(row),
        danger=True,
    )
