"""What a permit says, in the words of form อ.1."""

from collections.abc import Mapping, Sequence
from typing import Any

from kit.casework import PaperParts
from kit.documents import Row, Table, digest_words
from kit.forms import AnyField, describe
from kit.law import Limits, bare
from plugins.permits.rules.asked import Asked
from plugins.permits.rules.validity import years_of

# The permits of an office are numbered together, whichever way they took.
SERIES = "permits"
# Rows of the form: what stands before, and which answers stand behind it, one after another.
_ROWS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("ออกให้แก่", ("owner_name", "company_name")),
    ("เลขทะเบียนนิติบุคคล", ("company_id",)),
    ("ที่อยู่เจ้าของอาคาร", ("owner_address",)),
    ("ให้ทำการ", ("work",)),
    ("ณ ที่ตั้ง", ("site",)),
    ("พิกัด ละติจูด ลองจิจูด", ("pin",)),
    ("เอกสารสิทธิในที่ดิน", ("deed_kind", "deed_number")),
    ("เจ้าของที่ดิน", ("land_owner_name",)),
    ("วิศวกรผู้ออกแบบและคำนวณ", ("engineer_name", "engineer_licence")),
    ("สถาปนิกผู้ออกแบบ", ("architect_name", "architect_licence")),
    ("ผู้ควบคุมงาน", ("supervisor_name",)),
    ("วิศวกรผู้ควบคุมงาน", ("supervising_engineer_name", "supervising_engineer_licence")),
    ("สถาปนิกผู้ควบคุมงาน", ("supervising_architect_name", "supervising_architect_licence")),
)
_HEADS = ("ชนิด", "จำนวน (หลัง)", "จำนวนชั้น", "พื้นที่รวม (ตร.ม.)", "สูง (ม.)", "จอดรถ (คัน)")
_BINDS = ("drawings", "site-plan", "calculations")


def parts_of(
    answers: Mapping[str, Any],
    asked: Asked,
    limits: Limits,
    *,
    drawings: str,
    fields: Sequence[AnyField],
) -> PaperParts:
    """Return what the permit of a request says, if it is granted.

    :param drawings: digest of the drawings of the standard plan; empty for own ones.
    :param fields: of the form.
    """
    words = {one.name: one.text for one in describe(fields, answers, "th", masked=False)}
    rows = [Row(label, _joined(words, names)) for label, names in _ROWS]
    if asked.plan is not None:
        plan = f"{asked.plan.title.th} ({asked.plan.source.th} รหัส {asked.plan.code})"
        rows.append(Row("แบบมาตรฐาน", plan))
        rows.append(Row("แบบแปลนมาตรฐาน", f"ลายพิมพ์ดิจิทัล {digest_words(drawings)}"))
    years = None
    if asked.area is not None and asked.builds:
        years = years_of(asked.area, limits).whole
    return PaperParts(
        series=SERIES,
        form=f"แบบ {limits['form.permit'].value}",
        rows=[row for row in rows if row.value],
        table=_building(words, asked),
        days=asked.days,
        years=years,
        binds=_BINDS,
    )


def _joined(words: Mapping[str, str], names: Sequence[str]) -> str:
    return " ".join(words[name] for name in names if name in words)


def _building(words: Mapping[str, str], asked: Asked) -> Table:
    use = words.get("use_words") or words.get("use", "")
    measures = (asked.storeys, asked.area, asked.height)
    row = [
        use,
        words.get("buildings", "1").split()[0],
        *(bare(one) if one is not None else "-" for one in measures),
        words.get("parking", "-").split()[0],
    ]
    return Table(heads=_HEADS, rows=[row], numbers=(1, 2, 3, 4, 5))
