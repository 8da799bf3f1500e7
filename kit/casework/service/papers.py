"""The papers of a case: what each says, taken from the case and its declaration."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from core.api import Context, Text
from kit import documents
from kit.casework.applicant import open_answers
from kit.casework.declaration import Correction, Service
from kit.casework.service.acting import Open
from kit.documents import (
    Appeal,
    CorrectionOrder,
    Decision,
    Defects,
    Extension,
    General,
    Late,
    Letter,
    Receipt,
    Row,
    Scan,
    Signer,
    quoted_number,
)
from kit.documents import Defect as DefectLine
from kit.forms import describe
from kit.thai import full_day, local, long_day, mask_phone

NOT_NAMED = "ไม่ประสงค์ออกนาม"
_DEFECTS_OF_NOTICE = "หนังสือแจ้งให้แก้ไขการแจ้ง"
_VOID = "ให้การแจ้งสิ้นผล เนื่องจากไม่ได้แก้ไขให้ถูกต้องภายในกำหนด"


class _Defect(Protocol):
    @property
    def what(self) -> str: ...

    @property
    def fix(self) -> str: ...


def subject_of(case: UUID) -> str:
    """Return by what the papers of a case are found."""
    return f"case/{case}"


def number_of(opened: Open) -> str:
    """Return what the citizen quotes."""
    return quoted_number(opened.case.number, opened.case.year)


def who_and_what(opened: Open) -> list[Row]:
    """Return who asks for what, as most papers of a case begin."""
    case, service = opened.case, opened.service
    rows = [
        Row("เลขรับ", number_of(opened)),
        Row("เรื่อง", service.title.th),
        Row("ผู้ยื่น", case.applicant_name or NOT_NAMED),
        Row("วันที่ยื่น", long_day(local(case.filed_at).date(), "th")),
    ]
    if case.phone:
        rows.append(Row("โทรศัพท์", mask_phone(case.phone)))
    return rows


def answers_in_words(ctx: Context, opened: Open) -> list[Row]:
    """Return the answers of a case, label and words."""
    service, case = opened.service, opened.case
    values = open_answers(ctx, service.form, opened.answers, case.id)
    return [Row(one.label, one.text) for one in describe(service.form, values, "th")]


def track_of(ctx: Context, opened: Open) -> Scan:
    """Return the QR that leads to the page of a case."""
    return documents.scan(ctx, f"/t/{opened.case.track}", opened.case.track)


async def issue_defects(
    ctx: Context, opened: Open, *, defects: Sequence[_Defect], fix_by: date
) -> UUID:
    """Issue the one record of what is missing."""
    issued = await documents.issue(
        ctx,
        "defects",
        subject=subject_of(opened.case.id),
        series="defects",
        make=lambda stamp: Defects(
            **stamp,
            title=_DEFECTS_OF_NOTICE if opened.service.notice else "บันทึกความบกพร่องของคำขอและเอกสาร",
            rows=who_and_what(opened),
            defects=_lines(defects),
            fix_by=full_day(fix_by, "th"),
            **_told_of(opened.service),
            officer=documents.signer(ctx),
            applicant=Signer(name=opened.case.applicant_name or NOT_NAMED, post="ผู้ยื่นคำขอ"),
            refused="ยื่นทางอิเล็กทรอนิกส์" if opened.case.channel != "counter" else "",
        ),
    )
    return issued.id


def _told_of(service: Service) -> dict[str, Any]:
    """Return what the record of defects says around them."""
    if service.notice is None:
        return {"notes": ["หากไม่แก้ไขภายในกำหนด หน่วยงานจะคืนคำขอพร้อมแจ้งเหตุผล ท่านยื่นใหม่หรืออุทธรณ์ได้"]}
    return {
        "found": "เจ้าพนักงานท้องถิ่นได้ตรวจการแจ้งแล้ว พบว่าไม่ถูกต้องหรือไม่ครบถ้วน จึงแจ้งให้ท่านแก้ไข ดังต่อไปนี้",
        "then": [
            f"เมื่อแก้ไขภายในกำหนดแล้ว จะออกเอกสารให้ภายใน {service.within.text.th} "
            "นับแต่วันที่ได้รับการแจ้งที่แก้ไขถูกต้อง ระหว่างนี้ใบรับแจ้งยังใช้ได้",
            "ถ้าไม่แก้ไขภายในกำหนด เจ้าพนักงานท้องถิ่นมีอำนาจสั่งให้การแจ้งสิ้นผล "
            f"ตาม{service.notice.law} และท่านมีสิทธิอุทธรณ์คำสั่งนั้น",
        ],
    }


def _lines(defects: Sequence[_Defect]) -> list[DefectLine]:
    return [DefectLine(what=one.what, fix=one.fix) for one in defects]


async def _issue_letter(
    ctx: Context,
    opened: Open,
    template: str,
    kind: Callable[..., Letter],
    *,
    title: str,
    about: str,
    **said: Any,
) -> UUID:
    """Issue a letter to the applicant, signed by the actor.

    :param about: what its subject says before the name of the service.
    :param said: what its kind has beyond other letters.
    """
    issued = await documents.issue(
        ctx,
        template,
        subject=subject_of(opened.case.id),
        series="letter",
        make=lambda stamp: kind(
            **stamp,
            title=title,
            subject=f"{about} {opened.service.title.th}",
            to=opened.case.applicant_name or "ผู้ยื่นคำขอ",
            rows=who_and_what(opened),
            signer=documents.signer(ctx),
            **said,
        ),
    )
    return issued.id


async def issue_correction(
    ctx: Context,
    opened: Open,
    *,
    correction: Correction,
    defects: Sequence[_Defect],
    fix_by: date,
) -> UUID:
    """Issue the order to change what was filed, with the way to appeal."""
    return await _issue_letter(
        ctx,
        opened,
        "correction",
        CorrectionOrder,
        title="คำสั่งให้แก้ไข",
        about="ให้แก้ไขเปลี่ยนแปลงตามคำขอ",
        defects=_lines(defects),
        fix_by=full_day(fix_by, "th"),
        within=f"ภายใน {correction.within.text.th}",
        law=correction.law,
        appeal=_appeal(opened),
    )


def _appeal(opened: Open) -> Appeal:
    appeal = opened.service.appeal
    return Appeal(
        to=appeal.to.th, within=f"{appeal.days} วัน", since=appeal.since.th, law=appeal.law
    )


async def issue_refusal(
    ctx: Context, opened: Open, *, reasons: Sequence[str], lapsed: bool = False
) -> UUID:
    """Issue the letter of a refusal or of a returned request, with the way to appeal."""
    service = opened.service
    result = "ไม่อนุมัติตามที่ขอ"
    if lapsed:
        result = _VOID if service.notice else "คืนคำขอ เนื่องจากไม่ได้แก้ไขภายในกำหนด"
    return await _issue_letter(
        ctx,
        opened,
        "decision",
        Decision,
        title="หนังสือแจ้งผลการพิจารณา",
        about="แจ้งผลการพิจารณา",
        outcome="refused",
        result=result,
        law=list(service.law),
        reasons=list(reasons),
        appeal=_appeal(opened),
    )


async def issue_extension(
    ctx: Context, opened: Open, *, turn: int, reasons: Sequence[str], until: date
) -> UUID:
    """Issue the letter that extends the time, as the law of the service asks for it.

    :param until: the new last day.
    """
    service, due_on = opened.service, opened.case.due_on
    if due_on is None:
        raise ValueError("a case whose clock has not started is not extended")
    return await _issue_letter(
        ctx,
        opened,
        "extension",
        Extension,
        title="หนังสือแจ้งขยายเวลาพิจารณา",
        about="แจ้งขยายเวลาพิจารณา",
        turn=str(turn),
        most=str(len(service.extensions)),
        due=full_day(due_on, "th"),
        until=full_day(until, "th"),
        law=list(service.law),
        reasons=list(reasons),
    )


async def issue_late_letter(
    ctx: Context, opened: Open, *, turn: int, reasons: Sequence[str], expected: date | None
) -> UUID:
    """Issue the letter that explains a delay, with a copy to the OPDC (ก.พ.ร.).

    Law: Licensing Facilitation Act B.E. 2558, s. 10.
    """
    due_on = opened.case.due_on
    if due_on is None:
        raise ValueError("a case whose clock has not started is not late")
    return await _issue_letter(
        ctx,
        opened,
        "late",
        Late,
        title="หนังสือแจ้งเหตุแห่งความล่าช้า",
        about="แจ้งเหตุแห่งความล่าช้า",
        turn=str(turn),
        due=full_day(due_on, "th"),
        reasons=list(reasons),
        expected=full_day(expected, "th") if expected else "",
        copies=["สำนักงานคณะกรรมการพัฒนาระบบราชการ (ก.พ.ร.)"],
    )


def as_filed(ctx: Context, opened: Open) -> General:
    """Return the request on paper, with what is personal in it masked."""
    return General(
        **documents.stamp(ctx, number=number_of(opened), verify=None),
        title="คำขอที่ยื่นผ่านระบบ",
        rows=who_and_what(opened) + answers_in_words(ctx, opened),
    )


SLIP_TITLE = Text("ใบรับคำร้อง", "Receipt of a request")


async def slip(ctx: Context, opened: Open) -> Receipt:
    """Return what the counter prints on the 80 mm slip at once: the number and where to follow."""
    stamp = documents.stamp(ctx, number=number_of(opened), verify=None)
    return Receipt(
        **stamp,
        title=SLIP_TITLE.th,
        rows=who_and_what(opened),
        officer=documents.signer(ctx),
        track=track_of(ctx, opened),
    )
