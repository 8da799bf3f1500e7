"""What the papers say that are issued after a permit: which permit, and what was granted of it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from core.api import Context, NotFound
from kit.casework import PaperParts, Service, read_request
from kit.documents import Row
from kit.forms import describe
from kit.law import Limits, bare
from kit.thai import long_day
from plugins.permits.rules.after import CERTIFY, RENEW, REPLACE
from plugins.permits.rules.renewal import last_day

# A row of the renewal by which it is carried out only as it was written.
OLD_LAST = "วันหมดอายุเดิม"
_HOLDER, _ADDRESS = "ออกให้แก่", "ที่อยู่เจ้าของอาคาร"
# What is for the office alone, or stands on the paper already.
_LEFT_OUT = ("permit", "permit_phone", "new_holder_id", "new_phone", "details")
_AS_IN_REGISTER = "รายการอื่นเป็นไปตามใบอนุญาตเดิมซึ่งสำนักงานเก็บไว้"


async def parts_of(
    ctx: Context,
    service: Service,
    answers: Mapping[str, Any],
    permit: Mapping[str, Any] | None,
    limits: Limits,
) -> PaperParts:
    """Return what the paper of a request says, if it is granted.

    :param permit: of the register; None where who files has not shown to hold it.
    """
    if service.code == REPLACE:
        return await _replacement(ctx, answers, permit)
    rows = [*_which(answers, permit), *_answered(service, answers)]
    if service.code == RENEW and permit:
        rows += _renewed(answers, permit)
    if service.code == CERTIFY:
        form = f"แบบ {limits['form.certified'].value}"
        return PaperParts(form=form, rows=rows + _built(permit))
    return PaperParts(rows=rows)


def _which(answers: Mapping[str, Any], permit: Mapping[str, Any] | None) -> list[Row]:
    if permit is None:
        return [Row("ใบอนุญาตเลขที่", str(answers.get("permit", "")))]
    return [
        Row("ใบอนุญาตเลขที่", permit["number"]),
        Row("ผู้ได้รับใบอนุญาต", permit["holder"]),
        Row("ออกให้เมื่อวันที่", long_day(permit["issued_on"], "th")),
        Row("ที่ตั้งอาคาร", permit["place"]),
    ]


def _answered(service: Service, answers: Mapping[str, Any]) -> list[Row]:
    # What was answered before another answer took its question away counts no more.
    fields = [
        one for one in service.form if one.name not in _LEFT_OUT and one.is_asked(dict(answers))
    ]
    return [Row(one.label, one.text) for one in describe(fields, answers, "th", masked=False)]


def _built(permit: Mapping[str, Any] | None) -> list[Row]:
    if permit is None:
        return []
    return [
        Row("จำนวนชั้น", f"{permit['storeys']} ชั้น"),
        Row("พื้นที่รวมทุกชั้น", f"{bare(permit['area'])} ตารางเมตร"),
    ]


def _renewed(answers: Mapping[str, Any], permit: Mapping[str, Any]) -> list[Row]:
    days = answers.get("days")
    if days is None:
        return []
    return [
        Row(OLD_LAST, long_day(permit["until"], "th")),
        Row("ต่ออายุครั้งที่", str(permit["renewed"] + 1)),
        Row("ต่ออายุถึงวันที่", long_day(last_day(permit["until"], days), "th")),
    ]


async def _replacement(
    ctx: Context, answers: Mapping[str, Any], permit: Mapping[str, Any] | None
) -> PaperParts:
    if permit is None:
        return PaperParts(rows=_which(answers, permit), paragraphs=[_AS_IN_REGISTER])
    first = Row("แทนใบอนุญาตเลขที่", permit["number"])
    dates = [
        Row("วันที่ออกใบเดิม", long_day(permit["issued_on"], "th")),
        Row("ใช้ได้ถึงวันที่", long_day(permit["until"], "th")),
    ]
    try:
        old = (await read_request(ctx, permit["case_id"])).found.paper
    except NotFound:
        # Its case is kept no longer; the register knows where and whose.
        return PaperParts(rows=[first, *_which(answers, permit), dates[1]])
    rows = [first, *dates, *_as_held(old.rows, permit["holder"])]
    return msgspec.structs.replace(old, series="", rows=rows, days=None, years=None, binds=())


def _as_held(rows: Any, holder: str) -> list[Row]:
    """Return the rows of a permit in the name of who holds it now."""
    before = next((row.value for row in rows if row.label == _HOLDER), None)
    if before == holder:
        return list(rows)
    # The address on the old paper is of who held the permit then, unless nobody was named there.
    gone = (_HOLDER, _ADDRESS) if before else ()
    return [Row(_HOLDER, holder), *(row for row in rows if row.label not in gone)]
