"""What comes of a request: the paper, the conditions, the fee, how long it is kept."""

from collections.abc import Sequence

from msgspec.structs import replace

from core.api import Text
from kit.casework import Fee, Service
from kit.forms import AnyField, Choice, Number, Option, When
from plugins.oss.forms.pairs import Pair, Pairs
from plugins.oss.forms.sheet import Group, Sheet, Values, bilingual, both, said
from plugins.oss.rules.changes import PAPERS
from plugins.oss.rules.parts import Change, Names

_LETTER = "letter"
_NO_FEE_YET = Text(
    "ค่าธรรมเนียมเป็น 0 บาท เพราะการรับเงินต้องออกใบเสร็จผ่านโมดูลการเงิน ซึ่งยังไม่เปิด "
    "เขียนอัตราที่ชำระที่เคาน์เตอร์ไว้ในข้อความได้",
    "The fee is 0 baht: to take money needs receipts of a treasury module, which is not open "
    "yet. What is paid at the counter can be written here.",
)


def _paper_fields() -> tuple[AnyField, ...]:
    options = tuple(Option(code or _LETTER, words) for code, words in PAPERS.items())
    certifies = bilingual(
        "certifies",
        Text("รับรองว่าผู้ยื่น", "Certifies that the applicant"),
        longest=300,
        help=Text(
            "ต่อจากชื่อผู้ยื่น เช่น เป็นผู้มีภูมิลำเนาในเขตเทศบาลจริง",
            "It follows the applicant's name, such as: lives in the municipality.",
        ),
    )
    shown = When("paper", ("certificate",))
    return (
        Choice(
            "paper",
            Text("เอกสารที่ได้เมื่ออนุมัติ", "Paper on approval"),
            help=Text(
                "ถ้าไม่อนุมัติ ระบบออกหนังสือแจ้งเหตุผลและสิทธิอุทธรณ์ให้เอง",
                "A refusal always gives a letter with reasons and the way to appeal.",
            ),
            options=options,
        ),
        *bilingual(
            "paper_title", Text("ชื่อบนเอกสาร", "Title of the paper"), longest=150, required=False
        ),
        *(replace(one, when=shown) for one in certifies),
    )


def result_sheet(service: Service) -> Sheet:
    """Return the page of the result."""
    years = Text("ปี", "years")
    return Sheet(
        title=Text("ผลที่ได้รับ", "Result"),
        groups=(
            Group(Text("เอกสาร", "Paper"), _paper_fields()),
            Group(Text("เงื่อนไข", "Conditions"), (), pairs=_conditions(service)),
            Group(
                Text("ค่าธรรมเนียม", "Fee"),
                bilingual("fee", Text("ข้อความค่าธรรมเนียม", "Words about the fee"), longest=200),
                note=_NO_FEE_YET,
            ),
            Group(
                Text("การเก็บเรื่อง", "Keeping"),
                (
                    Number(
                        "keep_years",
                        Text("เก็บเรื่องที่จบแล้วไว้", "Closed cases are kept for"),
                        unit=years,
                        least=1,
                        most=100,
                    ),
                ),
            ),
        ),
        values=_values(service),
        take=_take,
    )


def _conditions(service: Service) -> Pairs:
    help = Text(
        "ผู้ยื่นเห็นก่อนยื่น และพิมพ์บนเอกสารเมื่ออนุมัติ", "Seen before filing, and printed on the paper."
    )
    return Pairs(
        name="condition",
        title=Text("รายการเงื่อนไข", "List of conditions"),
        help=help,
        given=tuple(
            Pair(str(place), one.th, one.en) for place, one in enumerate(service.conditions)
        ),
        most=20,
        longest=500,
    )


def _values(service: Service) -> Values:
    return {
        **said("paper_title", service.paper_title),
        **said("certifies", service.certifies),
        **said("fee", service.fee.note),
        "paper": service.paper or _LETTER,
        "keep_years": service.keep_years,
    }


def _take(values: Values, rows: Sequence[Pair]) -> Change:
    paper = None if values["paper"] == _LETTER else values["paper"]
    changed = {
        "paper": paper,
        "paper_title": both(values, "paper_title"),
        "certifies": both(values, "certifies"),
        "conditions": tuple(Text(one.th, one.en) for one in rows),
        "fee": Fee(note=Text(values["fee_th"], values["fee_en"])),
        "keep_years": values["keep_years"],
    }

    def change(service: Service, _: Names) -> Service:
        return replace(service, **changed)

    return change
