"""What to do so that a hook is asked by what asks it: a page, the filing of a case, the worker."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import httpx

from core import notifications
from core.api import Text, transaction
from core.context import EVERYWHERE, Actor, Context
from core.db import new_id
from core.notifications.message import Recipient
from kit.casework import Applicant, file_case, get_offered
from kit.casework.service import citizens
from kit.documents import issue, revoke
from kit.documents.contents import General
from kit.treasury.service import billing, charging, receipts, taking, tills
from plugins.eoffice.service import cases as letters
from plugins.oss.rules.slots import Visit
from plugins.oss.service import booked
from tests.core.faults.faulty import GREETING, NAME, SERVICE
from tests.core.faults.town import Place

Ask = Callable[[Place], Awaitable[httpx.Response | None]]


def opening(path: str) -> Ask:
    """Open a page; ``{track}`` and ``{code}`` are those of the case there and its paper."""

    async def ask(place: Place) -> httpx.Response:
        return await place.browser.get(path.format_map(place.case))

    return ask


async def file_its_own(place: Place) -> httpx.Response:
    return await place.browser.post(
        f"/api/services/{SERVICE.code}/cases",
        json={"applicant": {}, "answers": {}},
        headers={"Idempotency-Key": str(uuid4())},
    )


async def switch_another(place: Place) -> httpx.Response:
    return await place.post("/desk/modules/permits/switch", on="yes")


async def _file(ctx: Context) -> Any:
    service = await get_offered(ctx, "oss.general")
    answers = {"subject": "ไฟดับ", "details": "หน้าวัด"}
    who = Applicant(name="นายสมชาย ใจดี", phone="+66812345678")
    return await file_case(ctx, service=service, applicant=who, answers=answers, key=str(uuid4()))


async def file_anothers(place: Place) -> None:
    await _file(await place.now())


async def take_back(place: Place) -> None:
    ctx = await place.now()
    await citizens.cancel(ctx, (await _file(ctx)).id, revision=1)


async def note_a_visit(place: Place) -> None:
    ctx = await place.now()
    visit = booked.Booked(
        id=new_id(),
        code="A",
        kind=f"{NAME}.visit",
        title=Text("นัด", "Visit"),
        starts_at=datetime.now(UTC),
        minutes=15,
        name="",
        phone="",
        account=None,
        case_id=new_id(),
        case_number="1/2569",
        service=SERVICE.code,
        state=Visit.BOOKED,
        open=True,
    )
    async with transaction(ctx):
        await booked.note(ctx, "booked", visit)


async def revoke_a_paper(place: Place) -> None:
    ctx, subject = await place.now(), f"tree/{uuid4()}"

    def make(stamp: Any) -> General:
        return General(title="หนังสือทดลอง", **stamp)

    paper = await issue(ctx, "general", subject=subject, make=make, series="trial")
    await revoke(ctx, paper.id, subject=subject, why="ทดลอง")


async def _treasurer(place: Place) -> Context:
    """An officer of the treasury there, who has opened the till."""
    ctx = await place.now()
    rights = ("collect", "read", "cancel", "adjust", "close")
    held = {f"treasury.{right}": EVERYWHERE for right in rights}
    who = Actor(kind="officer", id=place.treasurer, name="สมหญิง เก็บเงิน", permissions=held)
    sits = replace(ctx, actor=replace(who, post="เจ้าพนักงานการเงิน"))
    if not place.till_open:
        await tills.open_till(sits, "1")
        place.till_open = True
    return sits


async def settle_a_bill(place: Place) -> Any:
    ctx, mark, title = await _treasurer(place), str(uuid4()), Text("ทดลอง", "Trial")
    who = charging.Who(source=NAME, subject=mark, name="นายสมชาย ใจดี", address="88/12")
    payer = await charging.keep_payer(ctx, who)
    due = charging.Due(
        reference=mark, revenue="treasury.other", title=title, amount=100, due_on=date(2030, 1, 1)
    )
    raised = await charging.raise_charges(ctx, source=NAME, payer=payer, dues=[due])
    bill = await billing.make_bill(
        ctx,
        source=NAME,
        subject=mark,
        kind="99",
        title=title,
        charges=[*raised.values()],
        due_on=due.due_on,
    )
    taken = await taking.take_cash(ctx, bill.id, amount=100, tendered=100, till="1", key=mark)
    return ctx, taken.receipt.id


async def reopen_a_bill(place: Place) -> None:
    ctx, receipt = await settle_a_bill(place)
    await receipts.cancel(ctx, receipt, why="ทดลอง")


async def send_a_message(place: Place) -> None:
    ctx = await place.now()
    async with transaction(ctx):
        await notifications.send(
            ctx, to=Recipient(phone="+66812345678"), template=GREETING, key=str(uuid4())
        )


async def answer_a_letter(place: Place) -> None:
    ctx = await place.now()
    letter = {"id": new_id(), "created_by": None, "secrecy": "normal", "case_id": None}
    async with transaction(ctx):
        await letters.tell(ctx, letter, {"id": new_id(), "secrecy": "normal"})


async def gather_figures(place: Place) -> None:
    ctx = await place.now()
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    await ctx.host.ask(ctx, "volumes_of_services", first=first, last=last)


# A hook that is not here, and is asked while the site is served, fails a test.
ASKED: dict[str, Ask] = {
    "links_for_navigation": opening("/track"),
    "cards_for_home": opening("/"),
    "page_for_home": opening("/"),
    "ways_to_sign_in": opening("/sign-in"),
    "further_factors": opening("/sign-in/code"),
    "services_of_office": opening("/services"),
    "effects_of_switch": opening("/desk/modules/permits/switch?on=no"),
    "links_for_module": opening("/desk/modules/permits"),
    "examine_request": file_its_own,
    "visits_for_cases": opening("/t/{track}"),
    "cards_for_case": opening("/t/{track}"),
    "standing_for_paper": opening("/v/{code}"),
    "on_plugin_switched": switch_another,
    "on_case_filed": file_anothers,
    "on_case_moved": take_back,
    "on_visit_changed": note_a_visit,
    "on_paper_revoked": revoke_a_paper,
    "on_bill_settled": settle_a_bill,
    "on_bill_reopened": reopen_a_bill,
    "on_letter_answered": answer_a_letter,
    "deliver_by_channel": send_a_message,
    "volumes_of_services": gather_figures,
}
# Where the page says that a part of it is missing.
SAYS_SO = frozenset({"cards_for_home", "page_for_home", "cards_for_case"})
# Asked once while a demonstration is made, see test_demo.py.
IN_THE_DEMO = "seed_demo"
