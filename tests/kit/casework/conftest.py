from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.api import Text
from core.context import EVERYWHERE, Actor, Context
from core.identity import accounts, holders, sessions
from core.runtime import Runtime
from kit.casework import (
    Applying,
    Correction,
    Document,
    Outcome,
    Pause,
    Post,
    Service,
    Step,
    file_case,
)
from kit.casework.applicant import Applicant
from kit.casework.service import citizens, correcting, handling, returning, timing
from kit.casework.service.returning import Defect
from kit.forms import Line, ThaiID
from kit.thai import Days, Limit, WorkingDays
from tests.conftest import app_of

POSTS = [post for post in Post if post is not Post.APPLICANT]


@pytest.fixture
def service() -> Service:
    return Service(
        code="oss.try",
        title=Text("ขอทดลอง", "Try"),
        summary=Text("ทดลอง", "Try it"),
        law=("พ.ร.บ.ทดลอง พ.ศ. 2569",),
        unit="works",
        applying=Applying.IDENTIFIED,
        form=(
            Line("subject", Text("เรื่อง", "Subject"), longest=100),
            ThaiID("witness", Text("เลขประจำตัวพยาน", "Witness's ID"), required=False),
        ),
        subject="subject",
        documents=(Document("deed", Text("โฉนด", "Deed")),),
        steps=(
            Step(
                "look", Text("ตรวจสถานที่", "Look"), Post.INSPECTOR, WorkingDays(2), "site_inspection"
            ),
            Step("think", Text("เสนอความเห็น", "Opinion"), Post.HEAD, WorkingDays(2)),
            Step(
                "sign",
                Text("ลงนาม", "Sign"),
                Post.MAYOR,
                WorkingDays(1),
                ends=(Outcome.APPROVED, Outcome.REFUSED),
            ),
        ),
        within=WorkingDays(7),
        extensions=(WorkingDays(7),),
    )


def an_officer(ctx: Context, *posts: str, name: str = "อรทัย มั่นคง") -> Context:
    held = {f"casework.as_{post}": EVERYWHERE for post in posts}
    held |= {"casework.read": EVERYWHERE, "casework.assign": EVERYWHERE}
    actor = Actor(kind="officer", id=uuid4(), name=name, post="เจ้าพนักงานธุรการ", permissions=held)
    return replace(ctx, actor=actor)


@pytest.fixture
def officer(ctx: Context) -> Context:
    """An officer who sits at every desk."""
    return an_officer(ctx, *POSTS)


@pytest.fixture
def days_later(officer: Context) -> Callable[[int], Context]:
    return lambda days: replace(officer, now=officer.now + timedelta(days=days))


@pytest.fixture
async def browser(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app_of(runtime))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", follow_redirects=True
    ) as client:
        yield client


@pytest.fixture
def sign_in(
    runtime: Runtime, ctx: Context, browser: httpx.AsyncClient
) -> Callable[..., Awaitable[httpx.AsyncClient]]:
    """Sign an officer of a role in, everywhere or in one division: ``sign_in("head", "works")``."""

    async def of(role: str, unit: str | None = None) -> httpx.AsyncClient:
        here = runtime.context(ctx.tenant)
        account = await accounts.register_officer(
            here, post="เจ้าพนักงาน", phone="0812345672", first_name="อรทัย", last_name="มั่นคง"
        )
        await holders.grant_role(here, account=account, role=role, unit=unit)
        opened = await sessions.open_session(
            here, account, "officer", browser=sessions.Browser(), how="test"
        )
        browser.cookies.set("session", opened.token)
        return browser

    return of


@pytest.fixture
def post(browser: httpx.AsyncClient) -> Callable[..., Awaitable[httpx.Response]]:
    """Send the form that a page shows."""

    async def post(page: httpx.Response, path: str, **form: str) -> httpx.Response:
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        return await browser.post(path, data={"_csrf_token": token} | form)

    return post


CALENDAR_DAYS = Service(
    code="oss.days",
    title=Text("ขอนับวัน", "Days"),
    summary=Text("ทดลอง", "Try it"),
    unit="clerk",
    steps=(
        Step("look", Text("ตรวจ", "Look"), Post.OFFICER, Days(4)),
        Step(
            "sign",
            Text("ลงนาม", "Sign"),
            Post.MAYOR,
            WorkingDays(2),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    ),
    within=Days(12),
    extensions=(Days(5), WorkingDays(3)),
    correction=Correction("พ.ร.บ.ทดลอง พ.ศ. 2569 มาตรา 27", Days(6)),
    pauses=(Pause("lab", Text("รอผลตรวจ", "The laboratory"), "พ.ร.บ.ทดลอง พ.ศ. 2569"),),
)
HOLIDAYS = frozenset({date(2026, 12, 7), date(2026, 12, 10), date(2026, 12, 31), date(2027, 1, 1)})
OPEN_SATURDAY = date(2026, 12, 12)


def is_open(day: date) -> bool:
    return day == OPEN_SATURDAY or (day.weekday() < 5 and day not in HOLIDAYS)


def last_day(start: date, limit: Limit) -> date:
    """Count a limit on the fingers, apart from what the kit does."""
    day, left = start, limit.count
    while left:
        day += timedelta(days=1)
        left -= isinstance(limit, Days) or is_open(day)
    while not is_open(day):
        day += timedelta(days=1)
    return day


@dataclass
class Stay:
    step: str
    began: date
    due: date
    by: UUID | None = None
    ended: date | None = None


@dataclass
class History:
    """One case and, told apart from the services, what has become of it."""

    ctx: Context
    service: Service
    officers: Sequence[Context]
    channel: Any
    id: UUID = field(default_factory=uuid4)
    number: str = ""
    revision: int = 1
    status: str = "submitted"
    stays: list[Stay] = field(default_factory=list)
    filed_on: date | None = None
    complete_on: date | None = None
    due_on: date | None = None
    paused_on: date | None = None
    defects_on: date | None = None
    fix_by: date | None = None
    ordered: bool = False
    extended: int = 0
    decided_on: date | None = None
    closed_on: date | None = None
    rating: int | None = None

    @property
    def today(self) -> date:
        return self.ctx.today

    async def file(self) -> None:
        filed = await file_case(
            self.ctx,
            service=self.service,
            applicant=Applicant(name="นายสมชาย ใจดี", phone="+66812345678"),
            answers={},
            key=str(uuid4()),
            channel=self.channel,
        )
        self.id, self.number, self.filed_on = filed.id, filed.number, self.today

    def acts(self) -> list[str]:
        """Return what the law lets happen now."""
        if self.closed_on is not None:
            return ["rate"]
        acts = ["wait", "cancel"]
        if self.status == "submitted":
            acts += ["take_up"]
        if self.status in ("submitted", "checking"):
            acts += ["accept"] + ["return_"] * (self.defects_on is None)
        if self.fix_by and self.status == "returned_for_fix":
            in_time = self.today <= self.fix_by
            acts += ["mend"] * in_time
            acts += ["resume"] if self.ordered else ["lapse"] * (not in_time)
        elif self.complete_on and self.due_on:
            codes = [step.code for step in self.service.steps]
            last = self.stays[-1].step == codes[-1]
            acts += ["approve", "refuse"] if last else ["forward"]
            acts += ["correct"] * (last and self.service.correction is not None)
            acts += ["send_back"] * (self.stays[-1].step != codes[0])
            acts += ["pause"] * (self.paused_on is None and bool(self.service.pauses))
            acts += ["resume"] * (self.paused_on is not None)
            in_time = self.today <= self.due_on and self.extended < len(self.service.extensions)
            acts += ["extend"] * in_time
        return acts

    async def do(self, act: str, number: int) -> None:
        """Do it through the services, and write down what it means.

        :param number: whatever else must be chosen follows from it.
        """
        if act == "wait":
            self.ctx = replace(self.ctx, now=self.ctx.now + timedelta(days=self._pass(number)))
            return
        if act == "rate":
            self.rating = number % 5 + 1
            await citizens.rate(self.ctx, self.id, stars=str(self.rating), words="")
            return
        officer = replace(self.officers[number % len(self.officers)], now=self.ctx.now)
        await getattr(self, f"_{act}")(officer, number)
        self.revision += 1

    def _pass(self, number: int) -> int:
        """Return some days, often so many that a last day is met exactly."""
        ends = [self.due_on, self.fix_by, *(stay.due for stay in self.stays[-1:])]
        left = [(end - self.today).days for end in ends if end and end > self.today]
        return left[number % len(left)] if left and number % 2 else number % 9 + 1

    def _begin(self, place: int) -> None:
        step = self.service.steps[place]
        self.stays.append(Stay(step.code, self.today, last_day(self.today, step.within)))
        self.status = step.status

    def _leave(self, officer: Context) -> int:
        self.stays[-1].ended, self.stays[-1].by = self.today, officer.actor.id
        return [step.code for step in self.service.steps].index(self.stays[-1].step)

    def _close(self, status: str, *, decided: bool) -> None:
        self.status, self.closed_on = status, self.today
        self.decided_on = self.today if decided else None

    async def _take_up(self, officer: Context, _: int) -> None:
        await handling.take_up(officer, self.id, revision=self.revision)
        self.status = "checking"

    async def _accept(self, officer: Context, _: int) -> None:
        await handling.accept(officer, self.id, revision=self.revision)
        self.complete_on, self.due_on = self.today, last_day(self.today, self.service.within)
        self._begin(0)

    async def _return_(self, officer: Context, number: int) -> None:
        self.fix_by, self.defects_on = self.today + timedelta(days=number % 7 + 1), self.today
        await returning.return_for_fix(
            officer, self.id, defects=[Defect("โฉนด", "ส่งเพิ่ม")], fix_by=self.fix_by,
            revision=self.revision,
        )  # fmt: skip
        self.status = "returned_for_fix"

    async def _mend(self, _: Context, __: int) -> None:
        await citizens.mend(self.ctx, self.id, files={}, words="ส่งแล้ว", revision=self.revision)
        if self.ordered and self.service.correction:
            self.due_on = last_day(self.today, self.service.correction.within)
            self._go_on()
        else:
            self.status = "checking"

    async def _correct(self, officer: Context, number: int) -> None:
        self.fix_by, self.ordered = self.today + timedelta(days=number % 7 + 1), True
        await correcting.order_changes(
            officer, self.id, defects=[Defect("แบบ", "แก้")], fix_by=self.fix_by,
            revision=self.revision,
        )  # fmt: skip
        self._leave(officer)
        self.status, self.paused_on = "returned_for_fix", self.paused_on or self.today

    def _go_on(self) -> None:
        self.ordered, self.fix_by, self.paused_on = False, None, None
        self._begin(0)

    async def _lapse(self, officer: Context, _: int) -> None:
        await returning.lapse(officer, self.id, reason="ไม่แก้ไข", revision=self.revision)
        self._close("lapsed", decided=False)

    async def _forward(self, officer: Context, _: int) -> None:
        await handling.forward(officer, self.id, opinion="", revision=self.revision)
        self._begin(self._leave(officer) + 1)

    async def _send_back(self, officer: Context, number: int) -> None:
        codes = [step.code for step in self.service.steps]
        to = number % codes.index(self.stays[-1].step)
        await handling.send_back(
            officer, self.id, to=codes[to], reason="ดูใหม่", revision=self.revision
        )
        self._leave(officer)
        self._begin(to)

    async def _approve(self, officer: Context, _: int) -> None:
        await handling.approve(officer, self.id, opinion="", revision=self.revision)
        self._leave(officer)
        self._close("issued", decided=True)

    async def _refuse(self, officer: Context, _: int) -> None:
        await handling.refuse(officer, self.id, reasons=["ไม่มีสิทธิ"], revision=self.revision)
        self._leave(officer)
        self._close("rejected", decided=True)

    async def _extend(self, officer: Context, _: int) -> None:
        await timing.extend(officer, self.id, reason="รอผล", revision=self.revision)
        assert self.due_on is not None
        self.due_on = last_day(self.due_on, self.service.extensions[self.extended])
        self.extended += 1

    async def _pause(self, officer: Context, _: int) -> None:
        await timing.pause(officer, self.id, cause="lab", revision=self.revision)
        self.paused_on = self.today

    async def _resume(self, officer: Context, _: int) -> None:
        await timing.resume(officer, self.id, revision=self.revision)
        assert self.due_on is not None
        assert self.paused_on is not None
        self.due_on += self.today - self.paused_on
        while not is_open(self.due_on):
            self.due_on += timedelta(days=1)
        self.paused_on = None
        if self.ordered:
            self._go_on()

    async def _cancel(self, _: Context, __: int) -> None:
        await citizens.cancel(self.ctx, self.id, revision=self.revision)
        self._close("cancelled", decided=False)


@pytest.fixture
def begin(ctx: Context, service: Service) -> Callable[..., History]:
    """Begin the history of a case: ``begin(0)``; it is filed when it is told to."""
    tenant = replace(
        ctx.tenant,
        closed=dict.fromkeys(HOLIDAYS, Text("หยุด", "Closed")),
        opened=frozenset({OPEN_SATURDAY}),
    )
    here = replace(ctx, tenant=tenant)
    officers = [an_officer(here, *POSTS, name=name) for name in ("อรทัย มั่นคง", "มานพ ศรีสุข")]

    def of(number: int, *, later: int = 0) -> History:
        return History(
            replace(here, now=here.now + timedelta(days=later)),
            (service, CALENDAR_DAYS)[number % 2],
            officers,
            ("online", "counter", "api")[number % 3],
        )

    return of
