"""What the papers of places say, in the words of forms สอ.4 to สอ.7."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kit.casework import PaperParts
from kit.documents import Row
from kit.forms import AnyField, describe
from kit.law import Limits, bare
from kit.thai import amount, long_day
from plugins.food_cert.rules.after import area_of
from plugins.food_cert.rules.places import INSTRUMENTS, KINDS, LICENCE

_ROWS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("อายุ สัญชาติ", ("age", "nationality", "nationality_words")),
    ("เลขทะเบียนนิติบุคคล", ("company_id",)),
    ("ผู้มีอำนาจลงนาม", ("signatory",)),
    ("ที่อยู่", ("holder_address",)),
    ("อาหาร", ("food",)),
    ("จำนวนคนทำงาน", ("workers",)),
    ("สถานที่ตั้ง", ("site",)),
)


def series_of(instrument: str) -> str:
    """Return in which series the papers of an instrument are numbered."""
    return f"food_cert.{instrument}"


def form_of(instrument: str, kind: str, limits: Limits) -> str:
    """Return the code of the form that is prescribed for a paper, as it is printed."""
    return f"แบบ {limits[f'form.{instrument}_{kind}'].value}"


def parts_of(
    instrument: str,
    answers: Mapping[str, Any],
    *,
    holder: str,
    fee: int | None,
    fields: Sequence[AnyField],
    limits: Limits,
) -> PaperParts:
    """Return what the certificate or licence of a request says, if it is granted.

    :param fee: a year, satang; None where the office has no band for it.
    """
    kind = str(answers.get("kind", "sell"))
    words = {one.name: one.text for one in describe(fields, answers, "th", masked=False)}
    rows = [
        Row("ออกให้แก่", holder),
        Row("ประเภท", KINDS[kind].th),
        Row("ชื่อสถานประกอบกิจการ", str(answers.get("business_name", ""))),
        Row("พื้นที่", _size(area_of(answers))),
        *(
            Row(label, " ".join(words[one] for one in names if one in words))
            for label, names in _ROWS
        ),
    ]
    if fee is not None:
        rows.append(Row("ค่าธรรมเนียมปีละ", amount(fee, "th") if fee else "ไม่มี"))
    return PaperParts(
        series=series_of(instrument),
        form=form_of(instrument, kind, limits),
        rows=[row for row in rows if row.value],
        years=limits["licence.years"].whole if instrument == LICENCE else None,
    )


def rows_of(place: Mapping[str, Any]) -> list[Row]:
    """Return what a paper says of a place as the register has it."""
    rows = [
        Row("ออกให้แก่", place["holder"]),
        Row("เลขทะเบียนนิติบุคคล", place["company_id"]),
        Row("ประเภท", KINDS[place["kind"]].th),
        Row("ชื่อสถานประกอบกิจการ", place["name"]),
        Row("พื้นที่", _size(place["area"])),
        Row("จำนวนคนทำงาน", f"{place['workers']} คน" if place["workers"] else ""),
        Row("สถานที่ตั้ง", place["address"]),
        Row("เอกสารเดิม", _before(place)),
    ]
    return [row for row in rows if row.value]


def _size(area: Decimal | None) -> str:
    return f"{bare(area)} ตารางเมตร" if area else ""


def _before(place: Mapping[str, Any]) -> str:
    if not place["paper_number"] or place["issued_on"] is None:
        return ""
    name, day = INSTRUMENTS[place["instrument"]].th, long_day(place["issued_on"], "th")
    return f"{name} เลขที่ {place['paper_number']} ออกเมื่อ {day}"
