"""What is wrong with a service that is being made, and where it is put right."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from core.api import Text
from kit.casework import Applying, Service, check_service
from kit.forms import check_fields
from kit.thai import Days, WorkingDays

Page = Literal["about", "questions", "documents", "steps", "result"]

_NO_UNIT = Text(
    "เลือกกองหรือสำนักที่เป็นเจ้าของบริการ กองเดิมไม่มีในหน่วยงานนี้",
    "Choose the division that owns the service; the one it names is not in this office.",
)
_NO_SUMMARY = Text("เขียนคำอธิบายบริการทั้งสองภาษา", "Describe the service in both languages.")
_NO_SUBJECT = Text(
    "คำถามที่ใช้บอกว่าเรื่องเกี่ยวกับอะไรไม่มีแล้ว หรือใช้ไม่ได้ เลือกใหม่",
    "The question that names the matter is gone, or cannot serve. Choose another.",
)
_OVER_LIMIT = Text(
    "เวลาของทุกขั้นรวมกัน {sum} เกินกำหนดของทั้งเรื่องซึ่งเป็น {whole}",
    "The steps take {sum} together, more than the {whole} of the whole.",
)
_NOBODY = Text(
    "หนังสือรับรองต้องมีชื่อผู้ยื่น ให้ผู้ยื่นบอกชื่อ หรือเลือกเอกสารแบบอื่น",
    "A certificate needs the applicant's name: ask for it, or choose another paper.",
)
_GIVEN = Text("-", "-")


class Fault(msgspec.Struct, frozen=True):
    """Something that keeps a service from being published.

    :param page: where it is put right.
    :param part: the question or document there; empty: the page itself.
    :param control: id of the control there.
    """

    sentence: Text
    page: Page
    part: str = ""
    control: str = ""


def faults_of(service: Service, units: Sequence[str]) -> list[Fault]:
    """Return all faults, in the order of the pages.

    :param units: ids of the divisions of the municipality.
    """
    found = [*_declared(service), *_of_office(service, units)]
    order: list[Page] = ["about", "questions", "documents", "steps", "result"]
    return sorted(found, key=lambda fault: order.index(fault.page))


def _of_office(service: Service, units: Sequence[str]) -> Iterator[Fault]:
    if service.unit not in units:
        yield Fault(_NO_UNIT, "about", control="unit")
    if not (service.summary.th.strip() and service.summary.en.strip()):
        yield Fault(_NO_SUMMARY, "about", control="summary_th")
    able = [one.name for one in service.form if not one.personal]
    if service.subject is not None and service.subject not in able:
        yield Fault(_NO_SUBJECT, "questions", control="subject")
    if service.paper == "certificate" and service.applying is Applying.ANYBODY:
        yield Fault(_NOBODY, "result", control="paper")
    for unit in (WorkingDays, Days):
        counts = [one.within.count for one in service.steps if isinstance(one.within, unit)]
        if isinstance(service.within, unit) and sum(counts) > service.within.count:
            taken = _OVER_LIMIT.format(sum=unit(sum(counts)).text, whole=service.within.text)
            yield Fault(taken, "steps", control="whole")


def _declared(service: Service) -> Iterator[Fault]:
    """Yield what casework finds, each with its place.

    A fault belongs to the part without which it is not found.
    """
    places = _of_questions(service) | _of_documents(service)
    titled = set(check_service(replace(service, title=_GIVEN)))
    for sentence in dict.fromkeys(check_service(service)):
        if sentence in places:
            page, part = places[sentence]
            yield Fault(sentence, page, part)
        elif sentence not in titled:
            yield Fault(sentence, "about", control="title_th")
        else:
            yield Fault(sentence, "steps")


def _of_questions(service: Service) -> dict[Text, tuple[Page, str]]:
    places: dict[Text, tuple[Page, str]] = {}
    form = service.form
    if not check_fields(form):
        return {}
    for place, field in enumerate(form):
        before = set(check_fields(form[:place]))
        for sentence in check_fields(form[: place + 1]):
            if sentence not in before:
                places.setdefault(sentence, ("questions", field.name))
    return {one: ("questions", "") for one in check_fields(form)} | places


def _of_documents(service: Service) -> dict[Text, tuple[Page, str]]:
    none = set(check_service(replace(service, documents=())))
    return {
        sentence: ("documents", one.code)
        for one in service.documents
        for sentence in check_service(replace(service, documents=(one,)))
        if sentence not in none
    }
