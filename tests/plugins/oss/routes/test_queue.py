import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from core import db
from core.context import Context
from core.runtime import Runtime
from core.tenants.tables import Municipality
from plugins.oss.service import appointments, offering


async def ticket(clerk: httpx.AsyncClient, kind: str = "general") -> str:
    answer = await clerk.post("/desk/queue", data={"kind": kind})
    assert answer.status_code == 303, answer.text[-2000:]
    return str(answer.headers["location"])


def here(page: httpx.Response) -> str:
    return str(re.findall(r'name="after" value="([^"]*)"', page.text)[0])


async def press(clerk: httpx.AsyncClient, act: str, **more: str) -> httpx.Response:
    ticket = here(await clerk.get("/desk/counter"))
    answer = await clerk.post(f"/desk/counter/{act}", data={"ticket": ticket} | more)
    return answer


async def call(clerk: httpx.AsyncClient) -> None:
    after = here(await clerk.get("/desk/counter"))
    answer = await clerk.post("/desk/counter/next", data={"after": after})
    assert answer.status_code == 303


async def sit(clerk: httpx.AsyncClient, counter: int) -> None:
    answer = await clerk.post("/desk/counter/seat", data={"counter": str(counter)})
    assert answer.status_code == 303


async def test_a_ticket_is_given_out_and_called_and_everybody_sees_it(enter: Any) -> None:
    clerk, hall = await enter("clerk"), await enter()
    slip = await ticket(clerk)
    await ticket(clerk)
    assert "A001" in (await clerk.get(slip)).text
    await sit(clerk, 2)
    await call(clerk)

    board = await hall.get("/queue")
    assert re.search(r"เชิญช่อง 2.*A001", board.text, re.DOTALL)
    assert "A002" in board.text
    assert "รออยู่ 1 คิว" in board.text
    counter = await clerk.get("/desk/counter")
    assert "คิว A001" in counter.text
    assert re.search(r"A002</span><span class=\"soft\">รอ 0 นาที", counter.text)


async def test_the_board_renews_itself_with_the_board_alone(enter: Any) -> None:
    hall = await enter()
    part = await hall.get("/queue", headers={"HX-Request": "true"})

    assert part.text.strip().startswith('<div id="board"')
    assert 'hx-trigger="every' in part.text
    assert '<meta http-equiv="refresh"' in (await hall.get("/queue")).text


async def test_calling_again_absence_transfer_and_done(enter: Any) -> None:
    clerk, colleague = await enter("clerk"), await enter("clerk")
    for _ in range(3):
        await ticket(clerk)
    await sit(clerk, 1)
    await sit(colleague, 2)
    await call(clerk)
    assert (await press(clerk, "recall")).status_code == 303
    assert (await press(clerk, "absent")).status_code == 303
    assert here(await clerk.get("/desk/counter")) == ""
    await call(clerk)
    assert (await press(clerk, "transfer", to="9")).status_code == 422
    assert (await press(clerk, "transfer", to="2")).status_code == 303
    await call(colleague)

    assert "คิว A002" in (await colleague.get("/desk/counter")).text
    assert (await press(colleague, "done")).status_code == 303
    assert (await press(colleague, "done")).status_code == 404


async def test_without_a_seat_the_key_says_what_to_do(enter: Any) -> None:
    clerk = await enter("clerk")
    await ticket(clerk)
    answer = await clerk.post("/desk/counter/next", data={"after": ""})

    assert answer.status_code == 409
    assert "เลือกช่องบริการ" in answer.text


@pytest.mark.parametrize("kind", ["", "gold", "x" * 5000])
async def test_a_ticket_for_nothing_is_refused_on_the_page(enter: Any, kind: str) -> None:
    clerk = await enter("clerk")
    answer = await clerk.post("/desk/queue", data={"kind": kind})

    assert answer.status_code == 422
    assert 'href="#kind"' in answer.text


@pytest.mark.parametrize("counter", ["", "0", "99", "๒", "-1", "1e9"])
async def test_a_counter_that_is_not_there_is_refused(enter: Any, counter: str) -> None:
    clerk = await enter("clerk")

    answer = await clerk.post("/desk/counter/seat", data={"counter": counter})
    assert answer.status_code == 422


async def test_the_slip_of_a_ticket_is_a_paper_of_80_millimetres(enter: Any, tmp_path: Any) -> None:
    clerk = await enter("clerk")
    answer = await clerk.get(f"{await ticket(clerk)}/slip")

    path = tmp_path / "ticket.pdf"
    path.write_bytes(answer.content)
    [page] = PdfReader(path).pages
    assert round(float(page.mediabox.width) / 72 * 25.4) == 80
    assert "A001" in page.extract_text()


async def test_a_ticket_of_another_municipality_is_not_found(
    enter: Any, now: Context, other: Context
) -> None:
    slip = await ticket(await enter("clerk"))
    foreign = await enter("clerk", replace(other, now=now.now), host="yala")

    assert (await foreign.get(slip)).status_code == 404
    assert (await foreign.get(f"{slip}/slip")).status_code == 404
    assert "A001" not in (await foreign.get("/queue")).text


@pytest.fixture
async def always_open(now: Context, runtime: Runtime) -> Context:
    """The municipality at this moment, open all day and every day."""
    async with db.across_tenants():
        await Municipality.update(
            {Municipality.weekdays: list(range(7)), "opens": 0, "closes": 1439}
        ).where(Municipality.id == now.tenant.id)
    runtime.directory.forget()
    tenant = await runtime.directory.get(now.tenant.id)
    assert tenant is not None
    return replace(now, tenant=tenant)


async def test_who_is_announced_arrives_and_gets_a_ticket_that_is_called_first(
    enter: Any, always_open: Context
) -> None:
    ctx = always_open
    kind = offering.find_kind(ctx, "general")
    assert kind is not None
    yesterday = replace(ctx, now=ctx.now - timedelta(days=1))
    at = next(at for at in offering.may_be_booked(yesterday, kind) if at.date() == ctx.today)
    made = await appointments.book(
        yesterday, kind="general", at=at, name="นางสาววิภาดา แสงคำ", phone="+66812345678"
    )
    clerk = await enter("clerk", ctx)
    await ticket(clerk)

    day = await clerk.get("/desk/appointments")
    assert "นางสาววิภาดา แสงคำ" in day.text
    arrived = await clerk.post(f"/desk/appointments/{made.id}/arrived")
    slip = await clerk.get(arrived.headers["location"])
    assert "B001" in slip.text
    assert (await clerk.post(f"/desk/appointments/{made.id}/arrived")).status_code == 409
    await sit(clerk, 1)
    await call(clerk)
    assert "คิว B001" in (await clerk.get("/desk/counter")).text
    assert "มาแล้ว" in (await clerk.get("/desk/appointments")).text
    other_day = await clerk.get("/desk/appointments?day=2026-01-05")
    assert "วันนี้ไม่มีนัด" in other_day.text
