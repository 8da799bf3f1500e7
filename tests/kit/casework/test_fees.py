"""What a request costs and what its rules doubt, from the check page to the paper."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from core.api import Conflict, InvalidInput, Manifest, NotAllowed, Text, hookimpl
from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.discovery import Found, find
from core.http.app import create_app
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from kit.casework import (
    Examination,
    Fee,
    FeeLine,
    Finding,
    Outcome,
    PaperParts,
    Post,
    Service,
    Step,
    Verdict,
    file_case,
)
from kit.casework.applicant import Applicant
from kit.casework.plugin import on_bill_reopened, on_bill_settled
from kit.casework.service import citizens, examining, handling
from kit.casework.service.examining import Judging, NotExamined
from kit.casework.service.tasks import set_tasks
from kit.casework.tables import Case, Judgement, Task
from kit.documents import Row, papers_of, read_pdf
from kit.documents.tables import IssuedPaper
from kit.forms import Number
from kit.thai import WorkingDays, thai_digits
from kit.treasury import cancel_receipt, open_till, read_bill, receipts_of, take_cash

FENCE = Service(
    code="fences.fence",
    title=Text("ขอสร้างรั้ว", "Build a fence"),
    summary=Text("ทดลอง", "Try it"),
    unit="works",
    form=(Number("metres", Text("ความยาว", "Length"), least=1, most=1000),),
    steps=(
        Step("look", Text("ตรวจ", "Look"), Post.OFFICER, WorkingDays(2), judged=True),
        Step("sign", Text("ลงนาม", "Sign"), Post.MAYOR, WorkingDays(1), ends=(Outcome.APPROVED,)),
    ),
    within=WorkingDays(7),
    fee=Fee(note=Text("เมตรละ 1 บาท", "1 baht a metre")),
    paper="general",
    paper_title=Text("ใบอนุญาตสร้างรั้ว", "Permit for a fence"),
)
SINCE = date(2000, 8, 7)
SOMCHAI = Applicant(name="นายสมชาย ใจดี", phone="+66812345678")


def a_finding(rule: str, verdict: Verdict) -> Finding:
    words = Text(f"ข้อ {rule}", f"rule {rule}")
    return Finding(
        rule=rule, title=words, verdict=verdict, sentence=words, law="กฎกระทรวง", since=SINCE
    )


@hookimpl
def register_services() -> list[Service]:
    return [FENCE]


@hookimpl
async def examine_request(service: Service, answers: Mapping[str, Any], on: date) -> Examination:
    metres = answers.get("metres", 0)
    if metres == 13:
        raise RuntimeError("a rule that fails")
    odd = {"metres": Text("ยาวเกินไป แบ่งยื่น", "Too long. File it in parts.")} if metres > 500 else {}
    fee = FeeLine(
        code="fence",
        title=Text("ค่าธรรมเนียมรั้ว", "Fence"),
        amount=metres * 100,
        revenue="casework.fee",
        basis=Text(f"{metres} ม. × 1.00", f"{metres} m × 1.00"),
    )
    return Examination(
        problems=odd,
        findings=[
            a_finding("height", Verdict.PASS),
            a_finding("road", Verdict.REFER),
            *([a_finding("corner", Verdict.FAIL)] if metres > 100 else []),
        ],
        fees=[fee],
        paper=PaperParts(rows=[Row("ความยาวรั้ว", f"{metres} เมตร")], days=365),
    )


@pytest.fixture
def fences(ctx: Context, database: str, settings: Settings) -> Runtime:
    module = ModuleType("fences")
    module.MANIFEST = Manifest(name="fences", title=Text("รั้ว", "Fences"), fixed=True)  # type: ignore[attr-defined]
    module.register_services = register_services  # type: ignore[attr-defined]
    module.examine_request = examine_request  # type: ignore[attr-defined]
    return make_runtime(settings, database, [*find(), Found("fences", module)])


@pytest.fixture
def office(ctx: Context, fences: Runtime) -> Context:
    """An officer who sits at every desk, where fences are a service."""
    held = {f"casework.as_{post}": EVERYWHERE for post in Post}
    held |= dict.fromkeys(("casework.read", "treasury.collect", "treasury.read"), EVERYWHERE)
    held["treasury.cancel"] = EVERYWHERE
    actor = Actor(kind="officer", id=uuid4(), name="วิชัย สร้างบ้าน", post="นายก", permissions=held)
    return replace(fences.context(ctx.tenant, now=ctx.now), actor=actor)


@pytest.fixture
async def browser(fences: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(fences))  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", follow_redirects=True
    ) as client:
        yield client


async def filed(office: Context, metres: int, service: Service = FENCE) -> UUID:
    answers = {"metres": metres}
    one = await file_case(
        office, service=service, applicant=SOMCHAI, answers=answers, key=str(uuid4())
    )
    return one.id


async def the_case(ctx: Context, id: UUID) -> Any:
    async with transaction(ctx):
        return await Case.objects().where(Case.of(ctx), Case.id == id).first()


async def approved(office: Context, metres: int = 40) -> UUID:
    case = await filed(office, metres)
    await handling.accept(office, case, revision=1)
    await examining.judge(office, case, [Judging("road", holds=True)])
    await handling.forward(office, case, opinion="", revision=2)
    await handling.approve(office, case, opinion="", revision=3)
    return case


async def paid(office: Context, bill: UUID, amount: int) -> None:
    await open_till(office, "1")
    await take_cash(office, bill, amount=amount, tendered=amount, till="1", key=str(uuid4()))


async def test_the_paper_comes_with_the_money_and_bears_who_approved_it(office: Context) -> None:
    case = await approved(office)
    waiting = await the_case(office, case)
    assert (waiting.status, waiting.decided_on) == ("approved_wait_fee", office.today)
    assert [one["title"] for one in await papers_of(office, f"case/{case}")] == ["ใบรับคำขอ"]
    bill = await read_bill(office, waiting.bill)
    assert [(one["title_th"], one["amount"]) for one in bill["charges"]] == [("ค่าธรรมเนียมรั้ว", 4000)]
    assert bill["due_on"] == office.today + timedelta(days=30)

    await on_bill_settled(office, event=uuid4(), bill=bill["id"])
    assert (await the_case(office, case)).status == "approved_wait_fee"

    await paid(office, bill["id"], 4000)
    later = replace(office, now=office.now + timedelta(days=1), actor=Actor(kind="system"))
    for _ in range(2):
        await on_bill_settled(later, event=uuid4(), bill=bill["id"])
    issued = await the_case(office, case)
    assert (issued.status, issued.closed_at is not None) == ("issued", True)
    papers = await papers_of(office, f"case/{case}")
    assert [one["title"] for one in papers] == ["ใบรับคำขอ", "ใบอนุญาตสร้างรั้ว"]
    async with transaction(office):
        [paper] = (
            await IssuedPaper.select(IssuedPaper.contents)
            .where(IssuedPaper.of(office), IssuedPaper.id == papers[1]["id"])
            .output(load_json=True)
        )
    contents = paper["contents"]
    assert contents["signer"]["name"] == "วิชัย สร้างบ้าน"
    rows = {row["label"]: row["value"] for row in contents["rows"]}
    assert rows["ความยาวรั้ว"] == "๔๐ เมตร"
    assert rows["ใช้ได้ถึงวันที่"] == "๒๑ พฤศจิกายน ๒๕๗๐"
    [receipt] = await receipts_of(office, bill["id"])
    assert thai_digits(receipt["no"]) in rows["ใบเสร็จรับเงิน"]
    assert "๔๐.๐๐ บาท" in rows["ใบเสร็จรับเงิน"]
    pdf, _ = await read_pdf(office, papers[1]["id"], subject=f"case/{case}")
    assert pdf.startswith(b"%PDF")


async def test_a_declared_fee_is_asked_for_and_a_free_service_issues_at_once(
    office: Context,
) -> None:
    costs = msgspec.structs.replace(
        FENCE, code="oss.costs", fee=Fee(amount=2050, note=Text("20.50 บาท", "20.50 baht"))
    )
    free = msgspec.structs.replace(FENCE, code="oss.free", fee=Fee())
    ends = {}
    for service in (costs, free):
        case = await filed(office, 5, service)
        await handling.accept(office, case, revision=1)
        await handling.forward(office, case, opinion="", revision=2)
        await handling.approve(office, case, opinion="", revision=3)
        ends[service.code] = await the_case(office, case)
    assert ends["oss.free"].status == "issued"
    assert (await read_bill(office, ends["oss.costs"].bill))["total"] == 2050


async def test_what_the_rules_doubt_is_judged_before_it_goes_on(office: Context) -> None:
    case = await filed(office, 150)
    await handling.accept(office, case, revision=1)
    with pytest.raises(Conflict, match="rule road, rule corner"):
        await handling.forward(office, case, opinion="", revision=2)
    with pytest.raises(InvalidInput) as refused:
        await examining.judge(office, case, [Judging("corner", holds=True)])
    assert list(refused.value.problems) == ["why.corner"]
    with pytest.raises(InvalidInput):
        await examining.judge(office, case, [Judging("height", holds=False, why="ข้อที่ผ่านแล้ว")])

    narrow = Judging("road", holds=False, why="ทางแคบ")
    measured = Judging("corner", holds=True, why="วัดแล้ว")
    await examining.judge(office, case, [narrow, measured])
    with pytest.raises(Conflict, match=r"judged: rule road$"):
        await handling.forward(office, case, opinion="", revision=2)
    await examining.judge(office, case, [Judging("road", holds=True)])
    await handling.forward(office, case, opinion="", revision=2)
    await handling.approve(office, case, opinion="", revision=3)
    with pytest.raises(Conflict):
        await examining.judge(office, case, [Judging("road", holds=True)])
    async with transaction(office):
        assert await Judgement.count().where(Judgement.of(office)) == 3


async def test_who_does_not_hold_the_case_judges_nothing(office: Context) -> None:
    case = await filed(office, 40)
    stranger = Actor(
        kind="officer", id=uuid4(), name="คนอื่น", permissions={"casework.read": EVERYWHERE}
    )
    with pytest.raises(NotAllowed):
        await examining.judge(replace(office, actor=stranger), case, [Judging("road", holds=True)])


async def test_a_case_that_waits_for_its_fee_is_not_late_and_can_be_given_up(
    office: Context,
) -> None:
    case = await approved(office)
    months = replace(office, now=office.now + timedelta(days=90))
    await set_tasks(months)
    async with transaction(office):
        assert not await Task.exists().where(Task.of(office), Task.case_id == case)
    bill = (await the_case(office, case)).bill
    await citizens.cancel(replace(office, actor=Actor()), case, revision=4)
    assert (await read_bill(office, bill))["state"] == "cancelled"
    assert (await the_case(office, case)).status == "cancelled"


async def test_a_fee_that_is_owed_again_stands_on_the_timeline(office: Context) -> None:
    case = await approved(office)
    bill = (await the_case(office, case)).bill
    await paid(office, bill, 4000)
    await on_bill_settled(office, event=uuid4(), bill=bill)
    [receipt] = await receipts_of(office, bill)
    await cancel_receipt(office, receipt["id"], why="รับเงินผิดคน")
    await on_bill_reopened(office, event=uuid4(), bill=bill)
    async with transaction(office) as connection:
        acts = await connection.fetch(
            "SELECT act FROM casework.moment WHERE case_id = $1 ORDER BY id", case
        )
    assert [row["act"] for row in acts][-2:] == ["issue", "unpaid"]


async def test_rules_that_do_not_answer_let_nothing_pass(office: Context) -> None:
    with pytest.raises(NotExamined):
        await filed(office, 13)
    with pytest.raises(InvalidInput) as refused:
        await filed(office, 501)
    assert list(refused.value.problems) == ["metres"]
    async with transaction(office):
        assert await Case.count().where(Case.of(office)) == 0


def token(page: httpx.Response) -> str:
    found = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
    assert found, page.text[:2000]
    return found[1]


async def test_the_citizen_sees_the_fee_before_filing_and_no_other_is_taken(
    browser: httpx.AsyncClient, office: Context
) -> None:
    async def send(page: httpx.Response, to: str, **more: str) -> httpx.Response:
        return await browser.post(to, data={"_csrf_token": token(page)} | more)

    guide = await browser.get("/services/fences.fence")
    first = await send(guide, "/services/fences.fence")
    draft = str(first.url).split("/")[-2]
    second = await send(first, f"/apply/{draft}/1", name="นายสมชาย ใจดี", phone="0812345678")
    check = await send(second, f"/apply/{draft}/2", metres="600")
    assert "ยาวเกินไป แบ่งยื่น" in check.text
    again = await send(check, f"/apply/{draft}/file", declared="yes", fee="60000")
    assert again.status_code == 422
    assert 'value="600"' in again.text

    check = await send(again, f"/apply/{draft}/2", metres="40")
    assert "40.00 บาท" in check.text
    assert "เจ้าหน้าที่จะตรวจ" in check.text
    cheap = await send(check, f"/apply/{draft}/file", declared="yes", fee="100")
    assert cheap.status_code == 422
    assert "ค่าธรรมเนียมที่แสดงไม่ตรง" in cheap.text
    case = await send(cheap, f"/apply/{draft}/file", declared="yes", fee="4000")
    assert case.status_code == 200
    async with transaction(office):
        row = await Case.select(Case.id, Case.track).where(Case.of(office)).first()
    assert row is not None

    await handling.accept(office, row["id"], revision=1)
    await examining.judge(office, row["id"], [Judging("road", holds=True)])
    await handling.forward(office, row["id"], opinion="", revision=2)
    await handling.approve(office, row["id"], opinion="", revision=3)
    here = await browser.get(f"/t/{row['track']}")
    assert "ชำระค่าธรรมเนียม" in here.text
    assert re.search(r'href="/b/[^"]+"', here.text)
