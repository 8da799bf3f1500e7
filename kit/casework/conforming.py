"""What services of a plugin must show: checks of ``thongthin plugin check``."""

import random
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from core.api import EVERYWHERE, Actor, Check, Context, Level, Text, Trial, transaction
from kit.casework.applicant import Applicant
from kit.casework.declaration import Fee, Service, check_service, dump, load
from kit.casework.service import handling
from kit.casework.service.acting import PERMISSIONS
from kit.casework.service.examining import has_rules
from kit.casework.service.filing import file_case
from kit.casework.service.sampling import sample_answers
from kit.casework.states import Status
from kit.casework.tables import Case

_WHO = Applicant(name="นายสมชาย ใจดี", phone="+66812345678")
_OFFICER = Actor(
    kind="officer",
    name="อรทัย มั่นคง",
    post="ปลัด",
    permissions=dict.fromkeys([*PERMISSIONS.values(), "casework.read"], EVERYWHERE),
)


def _services(subject: Any) -> Sequence[Service]:
    return subject.given("register_services") or ()


def _sound(subject: Any) -> Iterator[str]:
    for service in _services(subject):
        for problem in check_service(service):
            yield f"{service.code}: {problem.en}"
        if not service.code.startswith(f"{subject.name}."):
            yield f"{service.code} does not begin with {subject.name!r}"
        if load(dump(service)) != service:
            yield f"{service.code} is another one when it is kept and read again"


def _timely(subject: Any) -> Iterator[str]:
    for service in _services(subject):
        same = {type(step.within) for step in service.steps} == {type(service.within)}
        if same and sum(step.within.count for step in service.steps) > service.within.count:
            yield f"{service.code}: its steps take longer than {service.within.text.en}"


def _told(subject: Any) -> Iterator[str]:
    for service in _services(subject):
        for text in _texts(service):
            if bool(text.th.strip()) != bool(text.en.strip()):
                yield f"{service.code}: {text.th or text.en!r} is there in one language only"


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from (one for name in value.__struct_fields__ for one in _texts(getattr(value, name)))
    elif isinstance(value, tuple):
        yield from (one for part in value for one in _texts(part))


def _lawful(subject: Any) -> Iterator[str]:
    for service in _services(subject):
        if not service.law:
            yield f"{service.code} names no law"
        if not service.words:
            yield f"{service.code} is found by no words beside its title"


async def _ended(trial: Trial) -> AsyncIterator[str]:
    ctx = replace(await trial.renewed(trial.here), actor=_OFFICER)
    await trial.deliver()
    for place, service in enumerate(_services(trial.subject)):
        if service.unit not in ctx.tenant.units:
            yield f"{service.code}: no office begins with the division {service.unit!r}"
        # Answers at random would not pass rules; their plugin tests them.
        if has_rules(ctx, service):
            continue
        status = await _carry(ctx, service, key=f"check/{place}")
        if status is not Status.ISSUED:
            yield f"{service.code}: an approved case stands at {status}"
        for problem in await trial.deliver():
            yield f"{service.code}: {type(problem).__name__}: {problem}"


async def _carry(ctx: Context, service: Service, *, key: str) -> Status:
    """File a case, approve it, and return where it stands; of what costs something, as if free."""
    service = msgspec.structs.replace(service, fee=Fee())
    answers = sample_answers(ctx, service.form, random.Random(service.code))  # noqa: S311
    filed = await file_case(ctx, service=service, applicant=_WHO, answers=answers, key=key)
    await handling.accept(ctx, filed.id, revision=1)
    for done in range(len(service.steps) - 1):
        await handling.forward(ctx, filed.id, opinion="", revision=2 + done)
    await handling.approve(ctx, filed.id, opinion="", revision=1 + len(service.steps))
    async with transaction(ctx):
        row: Any = await Case.select(Case.status).where(Case.of(ctx), Case.id == filed.id).first()
    return Status(row["status"])


async def _once(trial: Trial) -> AsyncIterator[str]:
    ctx = replace(await trial.renewed(trial.here), actor=_OFFICER)
    for place, service in enumerate(_services(trial.subject)):
        if has_rules(ctx, service):
            continue
        await trial.deliver()
        await _carry(ctx, service, key=f"twice/{place}")
        problems = await trial.deliver(keep=True)
        before = await trial.rows()
        for problem in (*problems, *await trial.deliver()):
            yield f"{service.code}: {type(problem).__name__}: {problem}"
        after = await trial.rows()
        for table in sorted(after):
            if after[table] != before[table]:
                yield f"{service.code}: what came twice changed {table} twice"


CHECKS: tuple[Check, ...] = (
    Check(
        id="services.sound",
        level=Level.BRONZE,
        title=Text("บริการที่ประกาศใช้ได้", "The services that it declares are sound"),
        mend=Text("แก้การประกาศตามที่ระบุ", "Mend the declaration as is told."),
        look=_sound,
    ),
    Check(
        id="services.timely",
        level=Level.SILVER,
        title=Text("ขั้นตอนรวมไม่เกินเวลาที่สัญญา", "Their steps fit into the time that is promised"),
        mend=Text("ลดเวลาของขั้นตอน หรือเพิ่ม within", "Shorten steps, or lengthen within."),
        look=_timely,
    ),
    Check(
        id="services.told",
        level=Level.SILVER,
        title=Text("ข้อความของบริการครบสองภาษา", "Their texts are in both languages"),
        mend=Text("เติมภาษาที่ขาด", "Fill in the language that is missing."),
        look=_told,
    ),
    Check(
        id="services.lawful",
        level=Level.GOLD,
        title=Text("บริการอ้างกฎหมายและมีคำค้น", "They name their law and words to search by"),
        mend=Text("ใส่ law และ words", "Give law and words."),
        look=_lawful,
    ),
    Check(
        id="services.ended",
        level=Level.GOLD,
        title=Text("ยื่นและอนุมัติจนได้เอกสาร", "A case is filed, approved and ends in its paper"),
        mend=Text("แก้แบบฟอร์ม ขั้นตอน หรือเอกสารที่ระบุ", "Mend the form, step or paper that is named."),
        look=_ended,
    ),
    Check(
        id="services.once",
        level=Level.GOLD,
        title=Text("เรื่องเดียวมีผลครั้งเดียว", "One case has its effect once"),
        mend=Text(
            "ใช้รหัสเรื่องเป็นกุญแจ และ add(…, unless=…)",
            "Keep the case's id as a key, and add(…, unless=…).",
        ),
        look=_once,
    ),
)
