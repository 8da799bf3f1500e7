"""Notices: the receipt at filing, what is told once, and every deadline against a slow count."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.api import AppError, Conflict, Context, Text, transaction
from core.context import EVERYWHERE, Actor
from kit.casework import Notice, Outcome, Post, Service, Step, file_case
from kit.casework.applicant import Applicant
from kit.casework.service import citizens, handling, returning
from kit.casework.service.returning import Defect
from kit.casework.service.tasks import set_tasks
from kit.casework.states import CLOSED, Status
from kit.casework.tables import Case, Passage, Task
from kit.documents.tables import IssuedPaper
from kit.forms import Line
from kit.thai import WorkingDays, thai_digits

NOTICE = Service(
    code="oss.told",
    title=Text("แจ้งเปิดร้าน", "Notice of a shop"),
    summary=Text("แจ้ง", "Tell"),
    law=("พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 48",),
    unit="clerk",
    form=(Line("shop", Text("ชื่อร้าน", "Shop"), longest=100),),
    subject="shop",
    steps=(
        Step("check", Text("ตรวจการแจ้ง", "Check"), Post.OFFICER, WorkingDays(5)),
        Step("sign", Text("ลงนาม", "Sign"), Post.MAYOR, WorkingDays(2), ends=(Outcome.APPROVED,)),
    ),
    within=WorkingDays(7),
    notice=Notice(
        law="พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 48",
        mend=WorkingDays(7),
        receipt=Text("ใบรับแจ้ง", "Receipt of the notice"),
        form="สอ.2",
        says=(Text("เปิดร้านได้ตั้งแต่วันนี้", "The shop may open today"),),
    ),
)
WRONG = [Defect("พื้นที่", "แจ้งพื้นที่ให้ตรง")]
lives = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def at(ctx: Context, post: Post) -> Context:
    held = {f"casework.as_{post}": EVERYWHERE, "casework.read": EVERYWHERE}
    actor = Actor(kind="officer", id=uuid4(), name="วิชัย ดีใจ", post="นายก", permissions=held)
    return replace(ctx, actor=actor)


async def told(ctx: Context, **more: Any) -> UUID:
    filed = await file_case(
        ctx,
        service=msgspec.structs.replace(NOTICE, **more),
        applicant=Applicant(name="นางคำปัน ใจยา", phone="+66812345678"),
        answers={"shop": "ครัวคำปัน"},
        key=str(uuid4()),
    )
    return filed.id


async def the_case(ctx: Context, id: UUID) -> Any:
    async with transaction(ctx):
        return await Case.objects().where(Case.of(ctx), Case.id == id).first()


async def papers(ctx: Context, id: UUID) -> list[Any]:
    async with transaction(ctx):
        return (
            await IssuedPaper.objects()
            .where(IssuedPaper.of(ctx), IssuedPaper.subject == f"case/{id}")
            .order_by(IssuedPaper.id)
            .output(load_json=True)
        )


async def test_filing_gives_the_receipt_and_starts_the_clock(ctx: Context) -> None:
    id = await told(ctx)

    case, [receipt] = await the_case(ctx, id), await papers(ctx, id)
    assert (case.status, case.step, case.waits_for) == ("considering", "check", "officer")
    # Friday 20 November 2026: seven working days later is Tuesday the 1st.
    assert (case.complete_on, case.due_on) == (ctx.today, date(2026, 12, 1))
    said = receipt.contents
    assert (said["title"], said["form"]) == ("ใบรับแจ้ง", "แบบ สอ.๒")
    assert said["number"] == thai_digits(f"{case.number}/{case.year}")
    assert said["says"] == ["เปิดร้านได้ตั้งแต่วันนี้"]
    assert said["officer"]["name"] == ctx.tenant.name.th, "nobody signs it"
    async with transaction(ctx):
        [stay] = await Passage.select().where(Passage.of(ctx), Passage.case_id == id)
    assert (stay["step"], stay["began_on"]) == ("check", ctx.today)


async def test_of_a_notice_that_was_not_filed_there_is_no_receipt(ctx: Context) -> None:
    filing: dict[str, Any] = {
        "service": NOTICE,
        "applicant": Applicant(name="ก"),
        "answers": {"shop": "ก"},
    }
    first = await file_case(ctx, **filing, key="same-key-1")
    again = await file_case(ctx, **filing, key="same-key-1")

    assert again.again
    assert again.id == first.id
    async with transaction(ctx):
        assert await IssuedPaper.count().where(IssuedPaper.of(ctx)) == 1


async def test_what_is_wrong_is_told_once_and_the_law_sets_the_day(ctx: Context) -> None:
    id, officer = await told(ctx), at(ctx, Post.OFFICER)
    await returning.return_for_fix(officer, id, defects=WRONG, fix_by=None, revision=1)

    case = await the_case(ctx, id)
    assert (case.status, case.step, case.fix_by) == ("returned_for_fix", "check", date(2026, 12, 1))
    assert case.paused_on == ctx.today
    letter = (await papers(ctx, id))[-1].contents
    assert letter["title"] == "หนังสือแจ้งให้แก้ไขการแจ้ง"
    assert "สิ้นผล" in letter["then"][1]

    later = replace(ctx, now=ctx.now + timedelta(days=4))
    await citizens.mend(later, id, files={}, words="แก้แล้ว", revision=2)
    case = await the_case(ctx, id)
    assert (case.status, case.step, case.paused_on) == ("considering", "check", None)
    # From Tuesday 24 November, over the holiday of Saturday 5 December, which moves to Monday.
    assert case.due_on == date(2026, 12, 3)
    with pytest.raises(Conflict, match="ask for documents once"):
        await returning.return_for_fix(
            replace(officer, now=later.now), id, defects=WRONG, fix_by=None, revision=3
        )


async def test_what_is_not_put_right_in_time_is_declared_void_by_who_decides(ctx: Context) -> None:
    id, mayor = await told(ctx), at(ctx, Post.MAYOR)
    await returning.return_for_fix(
        at(ctx, Post.OFFICER), id, defects=WRONG, fix_by=None, revision=1
    )
    on_the_day = replace(mayor, now=mayor.now + timedelta(days=11))
    with pytest.raises(Conflict, match="still has time"):
        await returning.lapse(on_the_day, id, reason="ไม่แก้ไข", revision=2)

    after = replace(mayor, now=mayor.now + timedelta(days=12))
    await set_tasks(after)
    async with transaction(ctx):
        [task] = await Task.select().where(Task.of(ctx), Task.case_id == id)
    assert (task["kind"], task["due_on"]) == ("lapse", date(2026, 12, 2))
    await returning.lapse(after, id, reason="ไม่แก้ไขพื้นที่", revision=2)

    assert (await the_case(ctx, id)).status == "lapsed"
    receipt, _, order = await papers(ctx, id)
    assert (receipt.revoked_at, receipt.revoked_why) == (after.now, "ไม่แก้ไขพื้นที่")
    assert order.contents["result"].startswith("ให้การแจ้งสิ้นผล")
    assert order.contents["appeal"]["within"] == "๑๕ วัน"


async def test_nobody_orders_a_notice_void_that_was_never_told_what_is_wrong(ctx: Context) -> None:
    id, mayor = await told(ctx), at(ctx, Post.MAYOR)
    await handling.forward(at(ctx, Post.OFFICER), id, opinion="ถูกต้อง", revision=1)

    with pytest.raises(Conflict, match="was not told yet"):
        await returning.lapse(mayor, id, reason="ไม่ชอบ", revision=2)
    with pytest.raises(Conflict, match="has left the check"):
        await returning.return_for_fix(mayor, id, defects=WRONG, fix_by=None, revision=2)
    await handling.send_back(mayor, id, to="check", reason="ตรวจพื้นที่อีกครั้ง", revision=2)
    assert (await the_case(ctx, id)).step == "check"


async def test_who_takes_a_notice_back_has_no_receipt_any_more(ctx: Context) -> None:
    id = await told(ctx)
    await citizens.cancel(ctx, id, revision=1)

    [receipt] = await papers(ctx, id)
    assert receipt.revoked_at == ctx.now


class Story:
    """A notice led on, with its days counted on the fingers."""

    def __init__(self, ctx: Context, closed: set[date]) -> None:
        self.ctx, self.closed = ctx, closed
        self.status, self.revision = "considering", 1
        self.step: str | None = "check"
        self.told_on: date | None = None
        self.fix_by: date | None = None
        self.paused_on: date | None = None

    async def file(self) -> None:
        self.id = await told(self.ctx)
        self.due_on = self.seven()

    def seven(self) -> date:
        day, left = self.ctx.today, 7
        while left:
            day += timedelta(days=1)
            if day.weekday() < 5 and day not in self.closed:
                left -= 1
        return day

    def acts(self) -> list[str]:
        if self.status == "returned_for_fix":
            passed = self.fix_by is not None and self.ctx.today > self.fix_by
            return ["lapse"] if passed else ["mend"]
        if self.status != "considering":
            return []
        if self.step == "check":
            return ["forward", "cancel"] + ([] if self.told_on else ["tell"])
        return ["approve", "send_back", *(["lapse"] if self.told_on else [])]

    async def do(self, act: str) -> None:
        here, now, id = self.ctx, self.revision, self.id
        officer, mayor = at(here, Post.OFFICER), at(here, Post.MAYOR)
        self.revision += 1
        if act == "tell":
            await returning.return_for_fix(officer, id, defects=WRONG, fix_by=None, revision=now)
            self.status, self.told_on, self.fix_by = "returned_for_fix", here.today, self.seven()
            self.paused_on = here.today
        elif act == "mend":
            await citizens.mend(here, id, files={}, words="แก้แล้ว", revision=now)
            self.status, self.due_on, self.fix_by = "considering", self.seven(), None
            self.paused_on = None
        elif act == "lapse":
            await returning.lapse(mayor, id, reason="ไม่แก้ไข", revision=now)
            self.status, self.step = "lapsed", None
        elif act == "cancel":
            await citizens.cancel(here, id, revision=now)
            self.status, self.step = "cancelled", None
        elif act == "forward":
            await handling.forward(officer, id, opinion="", revision=now)
            self.step = "sign"
        elif act == "send_back":
            await handling.send_back(mayor, id, to="check", reason="ดูอีกครั้ง", revision=now)
            self.step = "check"
        else:
            await handling.approve(mayor, id, opinion="", revision=now)
            self.status, self.step = "issued", None

    async def agrees(self) -> None:
        case = await the_case(self.ctx, self.id)
        assert (case.status, case.step, case.revision) == (self.status, self.step, self.revision)
        assert case.due_on == self.due_on
        assert (case.defects_on, case.fix_by) == (self.told_on, self.fix_by)
        if Status(case.status) not in CLOSED:
            assert case.paused_on == self.paused_on

    async def refuses(self) -> None:
        """Try what the law does not allow now."""
        officer, mayor = at(self.ctx, Post.OFFICER), at(self.ctx, Post.MAYOR)
        tries = {
            "tell": lambda: returning.return_for_fix(
                officer, self.id, defects=WRONG, fix_by=None, revision=self.revision
            ),
            "lapse": lambda: returning.lapse(mayor, self.id, reason="ก", revision=self.revision),
            "approve": lambda: handling.approve(mayor, self.id, opinion="", revision=self.revision),
        }
        for name in sorted(tries.keys() - set(self.acts())):
            with pytest.raises(AppError):
                await tries[name]()


@lives
@given(
    chosen=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), min_size=2, max_size=9),
    holidays=st.sets(st.integers(1, 90), max_size=25),
    start=st.integers(0, 40),
)
async def test_a_notice_is_always_where_the_law_puts_it(
    ctx: Context, chosen: Sequence[tuple[int, int]], holidays: set[int], start: int
) -> None:
    begins = ctx.today + timedelta(days=start)
    closed = {begins + timedelta(days=one) for one in holidays}
    tenant = replace(ctx.tenant, closed=dict.fromkeys(closed, Text("ปิด", "Closed")))
    here = replace(ctx, tenant=tenant, now=ctx.now + timedelta(days=start))
    one = Story(here, closed)
    await one.file()
    for which, wait in chosen:
        one.ctx = replace(one.ctx, now=one.ctx.now + timedelta(days=wait))
        await one.refuses()
        acts = one.acts()
        if not acts:
            assert Status(one.status) in CLOSED, "a notice without a way out"
            break
        await one.do(acts[which % len(acts)])
        await one.agrees()
