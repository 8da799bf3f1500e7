"""What is asked before a billing run is counted."""

from collections.abc import Mapping, Sequence

from core.api import MONTHS, Text
from kit.forms import Choice, Day, Option, Sheet, ungrouped
from plugins.waste_fees.rules.months import LENGTHS


def run_sheet(kinds: Mapping[str, Text], zones: Sequence[str], years: Sequence[int]) -> Sheet:
    """Return the form.

    :param years: of the Buddhist Era, in the order in which they are offered.
    """
    numbered = [Option(f"z{at}", Text(zone, zone)) for at, zone in enumerate(zones)]
    everywhere = Option("all", Text("ทุกโซน", "All zones"))
    only = (Choice("zone", Text("โซน", "Zone"), options=(everywhere, *numbered)),)
    options = tuple(Option(code, title) for code, title in kinds.items())
    several = (Choice("kind", Text("ค่าธรรมเนียม", "Fee"), options=options),)
    return Sheet(
        title=Text("ออกใบแจ้งรอบใหม่", "A new billing run"),
        back=("/desk/waste/runs", Text("รอบการออกใบแจ้ง", "Billing runs")),
        groups=ungrouped(
            *(several if len(options) > 1 else ()),
            Choice(
                "month",
                Text("เดือนแรกที่เรียกเก็บ", "The first month"),
                options=tuple(Option(str(n), name) for n, name in enumerate(MONTHS, start=1)),
            ),
            Choice(
                "year",
                Text("ปี พ.ศ.", "Year B.E."),
                options=tuple(Option(str(one), Text(str(one), str(one))) for one in years),
            ),
            Choice(
                "months",
                Text("เรียกเก็บครั้งละ", "For how long"),
                options=tuple(Option(str(n), title) for n, title in LENGTHS.items()),
                help=Text(
                    "เลือกเดือนข้างหน้าได้ถ้าเก็บล่วงหน้า เดือนที่เคยออกใบแจ้งแล้วจะไม่ออกซ้ำ",
                    "Months ahead are taken for payment in advance. No month is billed twice.",
                ),
            ),
            *(only if zones else ()),
            Day("due_on", Text("ชำระภายในวันที่", "To be paid by"), earliest_days=0, latest_days=400),
        ),
        button=Text("นับและตรวจก่อน", "Count and look first"),
        intro=Text(
            "ขั้นนี้ยังไม่ออกใบแจ้ง ระบบนับจำนวน ยอดรวม และจุดที่ผิดปกติให้ดูก่อน",
            "Nothing is billed yet: you first see how many, how much, and what is odd.",
        ),
    )
