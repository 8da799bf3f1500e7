from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.context import EVERYWHERE, Actor, Context
from core.errors import Conflict, InvalidInput, NotAllowed
from kit.casework import (
    Service,
    Status,
    check_service,
    drop_grant,
    file_case,
    finish_grant,
    waiting_grants,
)
from kit.casework.applicant import Applicant
from kit.casework.service import handling
from kit.forms import Place, read_json
from plugins.oss.rules.topics import TOPICS
from plugins.waste_fees.plugin import on_case_moved
from plugins.waste_fees.service import mine, overview, points
from plugins.waste_fees.service.requests import CARRIER
from plugins.waste_fees.services import ALL, BEGIN, CHANGE, END
from tests.plugins.waste_fees.conftest import Point, a_citizen, an_officer, rows

SOMCHAI = Applicant(name="นายสมชาย ใจดี", phone="+66812345678")
PLACE = {"house_no": "88/12", "moo": "5", "subdistrict": "500109", "postcode": "50100"}
HOUSE: dict[str, Any] = {"place": PLACE, "use": "household", "bins": 2}


def who_decides(ctx: Context) -> Context:
    held = {f"casework.as_{one}": EVERYWHERE for one in ("registry", "officer", "head")}
    actor = Actor(kind="officer", id=uuid4(), name="วิชัย หัวหน้ากอง", permissions=held)
    return replace(ctx, actor=actor)


async def approved(
    ctx: Context, service: Service, answers: dict[str, Any], who: Applicant = SOMCHAI
) -> UUID:
    filed = await file_case(ctx, service=service, applicant=who, answers=answers, key=str(uuid4()))
    desk = who_decides(ctx)
    await handling.accept(desk, filed.id, revision=1)
    await handling.forward(desk, filed.id, opinion="ตรวจแล้ว", revision=2)
    await handling.approve(desk, filed.id, opinion="", revision=3)
    return filed.id


async def told(ctx: Context, case: UUID, service: Service) -> None:
    await on_case_moved(
        ctx, event=uuid4(), case=case, service=service.code, status=str(Status.ISSUED)
    )


async def states(ctx: Context) -> list[tuple[str, UUID | None]]:
    found = await rows(ctx, "SELECT state, target FROM casework.granted ORDER BY at, case_id")
    return [(one["state"], one["target"]) for one in found]


@pytest.mark.parametrize("service", ALL, ids=[one.code for one in ALL])
def test_each_declaration_is_sound_and_stands_under_a_heading(service: Service) -> None:
    assert list(check_service(service)) == []
    assert service.topic in TOPICS
    assert service.words


async def test_an_approved_request_adds_the_point_once_with_its_number_in_the_history(
    ctx: Context,
) -> None:
    town = replace(ctx.tenant, subdistricts=("500109",))
    reading = read_json(BEGIN.form, HOUSE, Place(town, ctx.today))
    assert list(reading.problems) == []
    case = await approved(ctx, BEGIN, reading.values)
    await told(ctx, case, BEGIN)
    await told(ctx, case, BEGIN)

    [(state, id)] = await states(ctx)
    assert state == "done"
    assert id is not None
    row = await points.read_point(ctx, id)
    assert (row["bins"], row["litres"], row["payer_name"]) == (2, 20, "นายสมชาย ใจดี")
    assert "88/12" in row["address"]
    [change] = (await overview.see(ctx, id)).changes
    assert change["case_id"] == case
    assert change["why"] == "คำขอเลขที่ 1/2569"
    assert change["actor_name"] == "วิชัย หัวหน้ากอง"


async def test_what_is_not_approved_yet_or_of_another_service_changes_nothing(
    ctx: Context,
) -> None:
    filed = await file_case(ctx, service=BEGIN, applicant=SOMCHAI, answers=HOUSE, key="one")
    for service, status in ((BEGIN.code, Status.SUBMITTED), ("oss.general", Status.ISSUED)):
        await on_case_moved(ctx, event=uuid4(), case=filed.id, service=service, status=str(status))

    assert await states(ctx) == []


async def test_the_point_of_who_asked_signed_in_is_theirs(ctx: Context) -> None:
    citizen = await a_citizen(ctx)
    who = Applicant(name=SOMCHAI.name, phone=SOMCHAI.phone, account=citizen.actor.id)
    await told(ctx, await approved(ctx, BEGIN, HOUSE, who), BEGIN)

    assert len((await mine.my_points(citizen)).points) == 1


async def test_a_change_that_was_approved_holds_from_today_and_a_new_payer_owes_nothing_old(
    ctx: Context, point: Point
) -> None:
    id = await point(payer_phone="+66811111111", payer_address="ที่เดิม")
    answers = {
        "point": "00001",
        "what": ["bins", "payer"],
        "bins": 3,
        "payer_name": "นางบัวผัน ใจยา",
        "details": "ขายบ้าน",
    }
    await told(ctx, await approved(ctx, CHANGE, answers), CHANGE)
    row = await points.read_point(ctx, id)

    assert (row["bins"], row["payer_name"], row["payer_phone"]) == (3, "นางบัวผัน ใจยา", "")
    last = (await points.changes_of(ctx, id))[-1]
    assert (last["what"], last["from_on"]) == ("transferred", ctx.today)
    assert last["why"] == "คำขอเลขที่ 1/2569 ขายบ้าน"


async def test_the_service_ends_on_the_day_that_was_asked_for_never_in_the_past(
    ctx: Context, point: Point
) -> None:
    first, second = await point(), await point()
    wanted = ctx.today + timedelta(days=11)
    late = {"reason": "moved", "point": "2", "from_on": "2026-11-01"}
    await told(ctx, await approved(ctx, END, late | {"point": "1", "from_on": f"{wanted}"}), END)
    await told(ctx, await approved(ctx, END, late), END)

    assert (await points.history_of(ctx, first))[-1].from_on == wanted
    assert (await points.read_point(ctx, first))["open"]
    assert (await points.history_of(ctx, second))[-1].from_on == ctx.today
    assert not (await points.read_point(ctx, second))["open"]


async def test_who_is_not_known_at_the_point_changes_nothing_until_an_officer_has_looked(
    officer: Context, ctx: Context, point: Point
) -> None:
    id = await point(payer_name="นางบัวผัน ใจยา", owner="นายคำปัน ใจยา")
    answers = {"point": "1", "reason": "moved", "from_on": "2026-11-20"}
    case = await approved(ctx, END, answers)
    await told(ctx, case, END)
    await told(ctx, case, END)
    assert (await points.read_point(ctx, id))["open"]
    [waits] = await waiting_grants(ctx, CARRIER)
    assert "นายสมชาย ใจดี" in waits["problem_th"]

    with pytest.raises(NotAllowed):
        await finish_grant(an_officer(ctx, "waste_fees.read"), CARRIER, case, number="")
    await finish_grant(officer, CARRIER, case, number="")
    with pytest.raises(Conflict):
        await finish_grant(officer, CARRIER, case, number="")

    assert not (await points.read_point(ctx, id))["open"]
    assert await states(ctx) == [("done", id)]
    assert await waiting_grants(ctx, CARRIER) == []


async def test_a_wrong_number_waits_and_is_put_right_or_dropped_with_a_reason(
    officer: Context, ctx: Context, point: Point
) -> None:
    id = await point()
    answers = {"point": "999", "reason": "moved", "from_on": "2026-11-20"}
    right, wrong = await approved(ctx, END, answers), await approved(ctx, END, answers)
    await told(ctx, right, END)
    await told(ctx, wrong, END)
    with pytest.raises(InvalidInput):
        await finish_grant(officer, CARRIER, right, number="998")
    assert [one["state"] for one in await waiting_grants(ctx, CARRIER)] == ["waits", "waits"]

    await finish_grant(officer, CARRIER, right, number="1")
    with pytest.raises(InvalidInput):
        await drop_grant(officer, CARRIER, wrong, why=" ")
    await drop_grant(officer, CARRIER, wrong, why="ผู้ยื่นแจ้งว่าจำเลขผิด")

    assert await waiting_grants(ctx, CARRIER) == []
    assert set(await states(ctx)) == {("done", id), ("dropped", None)}


async def test_a_service_that_has_ended_meanwhile_is_not_ended_twice(
    officer: Context, ctx: Context, point: Point
) -> None:
    id = await point()
    await points.close_point(officer, id, from_on=date(2026, 11, 20), why="ย้าย")
    answers = {"point": "1", "reason": "moved", "from_on": "2026-11-20"}
    await told(ctx, await approved(ctx, END, answers), END)

    assert await states(ctx) == [("waits", None)]
    assert len(await points.changes_of(ctx, id)) == 2


async def test_an_officer_deals_with_what_waits_on_its_page(
    desk: httpx.AsyncClient, ctx: Context, point: Point
) -> None:
    id = await point()
    answers = {"point": "77", "reason": "moved", "from_on": "2026-11-20"}
    case = await approved(ctx, END, answers)
    await told(ctx, case, END)
    page = await desk.get("/desk/waste/requests")
    assert "ไม่พบจุดให้บริการเลขที่ 77" in page.text
    wrong = await desk.post(f"/desk/waste/requests/{case}", data={"do": "carry", "number": "x"})
    assert wrong.status_code == 422
    done = await desk.post(f"/desk/waste/requests/{case}", data={"do": "carry", "number": "1"})

    assert done.headers["location"] == f"/desk/waste/points/{id}"
    assert f"/desk/cases/{case}" in (await desk.get(done.headers["location"])).text
    assert "ไม่มีคำขอที่ค้าง" in (await desk.get("/desk/waste/requests")).text
