"""What was granted: carried out once however often it is told, or dealt with by one officer."""

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from core.api import AppError, Conflict, InvalidInput, NotAllowed, NotFound, Text, audit
from core.audit.tables import AuditEntry
from core.context import Actor, Context
from core.db import transaction
from core.discovery import find
from core.host import Host
from core.registry import apps
from kit.casework import (
    Carrier,
    Request,
    Service,
    Status,
    count_grants,
    drop_grant,
    file_case,
    finish_grant,
    follow_granted,
    grant_problem,
    waiting_grants,
)
from kit.casework.applicant import Applicant
from kit.casework.service import handling
from kit.casework.tables import Granted
from plugins.waste_fees.plugin import on_case_moved
from plugins.waste_fees.services import END
from tests.kit.casework.conftest import an_officer

SignIn = Callable[..., Awaitable[httpx.AsyncClient]]
Send = Callable[..., Awaitable[httpx.Response]]
Grant = Callable[..., Awaitable[UUID]]

SOMCHAI = Applicant(name="นายสมชาย ใจดี", phone="+66812345678")
# What the register of these tests holds.
KNOWN, TARGET = "1/2569", UUID(int=25)
MIGRATIONS = (
    "plugins.permits.piccolo_migrations.permits_2026_11_29_02_granted",
    "plugins.waste_fees.piccolo_migrations.waste_fees_2026_11_29_01_granted",
)


async def carry(ctx: Context, request: Request, number: str, sure: bool) -> UUID:
    """Note that the register was changed; then refuse what is not in it."""
    asked = number or request.answers["subject"]
    await audit.record(ctx, "oss.try.carried", f"case/{request.id}", number=asked, sure=sure)
    if asked != KNOWN:
        raise InvalidInput({"number": Text(f"ไม่พบเลขที่ {asked}", f"There is no {asked}")})
    return TARGET


@pytest.fixture
def carrier(service: Service) -> Carrier:
    titles = {service.code: service.title}
    return Carrier("oss", titles, carry, "casework.assign", "/desk/try/requests", asks="subject")


@pytest.fixture
def grant(officer: Context, service: Service) -> Grant:
    """Bring a request about a number to its end: ``await grant("99/2569")``."""

    async def of(asked: str = KNOWN, service: Service = service, **answers: str) -> UUID:
        given = answers or {"subject": asked}
        filed = await file_case(
            officer, service=service, applicant=SOMCHAI, answers=given, key=str(uuid4())
        )
        await handling.accept(officer, filed.id, revision=1)
        for revision in range(2, len(service.steps) + 1):
            await handling.forward(officer, filed.id, opinion="", revision=revision)
        mayor = replace(officer, actor=replace(officer.actor, name="ธนวัฒน์ ยอดใจ"))
        last = len(service.steps) + 1
        await handling.approve(mayor, filed.id, opinion="", revision=last)
        return filed.id

    return of


async def told(ctx: Context, carrier: Carrier, case: UUID) -> None:
    await follow_granted(ctx, carrier, case, "oss.try", str(Status.ISSUED))


async def noted(ctx: Context, action: str) -> list[dict[str, Any]]:
    async with transaction(ctx):
        found: list[dict[str, Any]] = (
            await AuditEntry.select()
            .where(AuditEntry.of(ctx), AuditEntry.action == action)
            .order_by(AuditEntry.id)
            .output(load_json=True)
        )
    return found


async def kept(ctx: Context) -> list[dict[str, Any]]:
    async with transaction(ctx):
        found: list[dict[str, Any]] = (
            await Granted.select().where(Granted.of(ctx)).order_by(Granted.at)
        )
    return found


async def test_what_was_granted_is_carried_out_once_in_the_name_of_who_approved(
    ctx: Context, carrier: Carrier, grant: Grant
) -> None:
    case = await grant()
    await asyncio.gather(*[told(ctx, carrier, case) for _ in range(4)])
    await told(ctx, carrier, case)

    [entry] = await noted(ctx, "oss.try.carried")
    assert entry["actor_name"] == "ธนวัฒน์ ยอดใจ"
    assert entry["detail"] == {"number": KNOWN, "sure": False}
    [row] = await kept(ctx)
    assert (row["plugin"], row["service"], row["number"]) == ("oss", "oss.try", "1/2569")
    assert (row["state"], row["target"]) == ("done", TARGET)
    assert await count_grants(ctx, carrier) == 0
    assert await grant_problem(ctx, carrier, case) is None


async def test_what_is_not_granted_or_not_the_carriers_changes_nothing(
    ctx: Context, carrier: Carrier, grant: Grant
) -> None:
    case = await grant()
    await follow_granted(ctx, carrier, case, "oss.try", str(Status.CONSIDERING))
    await follow_granted(ctx, carrier, case, "oss.general", str(Status.ISSUED))

    assert await kept(ctx) == []
    with pytest.raises(NotFound):
        await drop_grant(ctx, carrier, case, why="ไม่ต้องแก้")


async def test_what_the_register_refuses_changes_nothing_and_waits_with_its_sentence(
    ctx: Context, carrier: Carrier, grant: Grant
) -> None:
    case = await grant("99/2569")
    for _ in range(2):
        await told(ctx, carrier, case)

    assert await noted(ctx, "oss.try.carried") == []
    [waits] = await waiting_grants(ctx, carrier)
    assert (waits["problem_th"], waits["about"]) == ("ไม่พบเลขที่ 99/2569", "99/2569")
    assert waits["asked"].applicant.name == "นายสมชาย ใจดี"
    assert await count_grants(ctx, carrier) == 1
    assert await grant_problem(ctx, carrier, case) == Text(
        "ไม่พบเลขที่ 99/2569", "There is no 99/2569"
    )


async def test_an_officer_carries_out_what_waits_with_the_right_number(
    ctx: Context, officer: Context, carrier: Carrier, grant: Grant
) -> None:
    case = await grant("99/2569")
    await told(ctx, carrier, case)
    with pytest.raises(InvalidInput):
        await finish_grant(officer, carrier, case, number="98/2569")
    assert await count_grants(ctx, carrier) == 1

    await finish_grant(officer, carrier, case, number=KNOWN)

    [row] = await kept(ctx)
    assert (row["state"], row["target"], row["ended_at"]) == ("done", TARGET, officer.now)
    assert row["ended_by_name"] == officer.actor.name
    [entry] = await noted(ctx, "oss.try.carried")
    assert entry["actor_name"] == officer.actor.name
    assert entry["detail"] == {"number": KNOWN, "sure": True}
    [done] = await noted(ctx, "casework.grant.done")
    assert done["detail"] == {"plugin": "oss", "number": "1/2569"}
    await told(ctx, carrier, case)
    with pytest.raises(Conflict):
        await finish_grant(officer, carrier, case, number=KNOWN)
    assert len(await noted(ctx, "oss.try.carried")) == 1


async def test_an_officer_leaves_the_register_as_it_is_with_a_reason(
    ctx: Context, officer: Context, carrier: Carrier, grant: Grant
) -> None:
    case = await grant("99/2569")
    await told(ctx, carrier, case)
    with pytest.raises(InvalidInput):
        await drop_grant(officer, carrier, case, why=" \n")

    await drop_grant(officer, carrier, case, why="ผู้ยื่นแจ้งว่าจำเลขผิด")

    [row] = await kept(ctx)
    assert (row["state"], row["target"]) == ("dropped", None)
    assert row["ended_why"] == "ผู้ยื่นแจ้งว่าจำเลขผิด"
    [entry] = await noted(ctx, "casework.grant.dropped")
    assert entry["detail"] == {"plugin": "oss", "why": "ผู้ยื่นแจ้งว่าจำเลขผิด"}
    with pytest.raises(Conflict):
        await finish_grant(officer, carrier, case, number=KNOWN)
    await told(ctx, carrier, case)
    assert await noted(ctx, "oss.try.carried") == []


@pytest.mark.parametrize("other", ["finish", "drop"])
async def test_of_two_officers_at_once_one_deals_with_it(
    ctx: Context, officer: Context, carrier: Carrier, grant: Grant, other: str
) -> None:
    case = await grant("99/2569")
    await told(ctx, carrier, case)
    first = finish_grant(officer, carrier, case, number=KNOWN)
    second = (
        finish_grant(officer, carrier, case, number=KNOWN)
        if other == "finish"
        else drop_grant(officer, carrier, case, why="ไม่ต้องแก้")
    )
    results = await asyncio.gather(first, second, return_exceptions=True)

    assert [type(one) for one in results if one is not None] == [Conflict]
    [row] = await kept(ctx)
    carried = len(await noted(ctx, "oss.try.carried"))
    assert (row["state"], carried) in {("done", 1), ("dropped", 0)}


async def test_what_waits_is_of_one_plugin_and_one_municipality_and_needs_the_right(
    ctx: Context, other: Context, officer: Context, carrier: Carrier, grant: Grant
) -> None:
    case = await grant("99/2569")
    await told(ctx, carrier, case)
    permits = Carrier("permits", carrier.services, carry, carrier.permission, carrier.path)
    elsewhere = replace(other, actor=officer.actor)
    refused: list[tuple[Context, Carrier, type[AppError]]] = [
        (officer, permits, NotFound),
        (elsewhere, carrier, NotFound),
        (replace(ctx, actor=Actor(kind="officer", id=uuid4())), carrier, NotAllowed),
    ]
    for who, by, refusal in refused:
        with pytest.raises(refusal):
            await finish_grant(who, by, case, number=KNOWN)
        with pytest.raises(refusal):
            await drop_grant(who, by, case, why="ไม่ต้องแก้")
    for who, by, _ in refused[:2]:
        assert (await waiting_grants(who, by), await count_grants(who, by)) == ([], 0)
        assert await grant_problem(who, by, case) is None
    assert await count_grants(ctx, carrier) == 1


@pytest.fixture
async def waits(ctx: Context, grant: Grant) -> UUID:
    """The end of a service at point 77, which the register of waste fees has not."""
    case = await grant(service=END, point="77", reason="moved", from_on="2026-11-20")
    await on_case_moved(ctx, event=uuid4(), case=case, service=END.code, status="issued")
    return case


async def test_a_refused_form_comes_back_as_it_was_sent(
    ctx: Context, waits: UUID, sign_in: SignIn, post: Send
) -> None:
    treasury = await sign_in("treasury")
    page = await treasury.get("/desk/waste/requests")
    assert 'value="77"' in page.text
    at = f"/desk/waste/requests/{waits}"

    wrong = await post(page, at, do="carry", number="78")
    assert wrong.status_code == 422
    assert "ไม่พบจุดให้บริการเลขที่ 78" in wrong.text
    assert 'value="78"' in wrong.text
    unsaid = await post(page, at, do="drop", why=" ")
    assert unsaid.status_code == 422
    assert "<details open>" in unsaid.text
    closed = await post(page, at, do="drop", why="ผู้ยื่นแจ้งว่าจำเลขผิด")
    assert "ไม่มีคำขอที่ค้าง" in closed.text
    assert (await post(page, at, do="carry", number="1")).status_code == 409


async def test_who_may_only_look_sees_what_waits_and_can_do_nothing(
    ctx: Context, waits: UUID, sign_in: SignIn, post: Send
) -> None:
    director = await sign_in("director")
    page = await director.get("/desk/waste/requests")
    assert "ไม่พบจุดให้บริการเลขที่ 77" in page.text
    at = f"/desk/waste/requests/{waits}"
    assert at not in page.text

    for form in ({"do": "carry", "number": "1"}, {"do": "drop", "why": "ไม่ต้องแก้"}):
        assert (await post(page, at, **form)).status_code == 403
        # The page of another plugin, where the director may deal with what waits, has it not.
        elsewhere = await post(page, f"/desk/permits/requests/{waits}", **form)
        assert elsewhere.status_code == 404
    assert [row["state"] for row in await kept(ctx)] == ["waits"]


async def test_rows_of_the_plugins_move_to_casework_and_back_unchanged(
    ctx: Context, database: str, carrier: Carrier, grant: Grant
) -> None:
    names = [one.app_name for one in apps(Host(find()))]
    assert names.index("casework") < min(names.index("permits"), names.index("waste_fees"))
    first, second = await grant("99/2569"), await grant()
    for case in (first, second):
        await told(ctx, carrier, case)
    await drop_grant(replace(ctx, actor=an_officer(ctx).actor), carrier, first, why="ไม่ต้องแก้")
    owner = await asyncpg.connect(database)
    try:
        for case, plugin in ((first, "permits"), (second, "waste_fees")):
            sql = "UPDATE casework.granted SET plugin = $1 WHERE case_id = $2"
            await owner.execute(sql, plugin, case)
        before = await kept(ctx)
        for migration in map(importlib.import_module, MIGRATIONS):
            await owner.execute(migration.DOWN)
        assert await kept(ctx) == []
        for migration in map(importlib.import_module, MIGRATIONS):
            await owner.execute(migration.UP)
        left = "SELECT to_regclass('permits.granted'), to_regclass('waste_fees.granted')"
        assert tuple(await owner.fetchrow(left)) == (None, None)
    finally:
        await owner.close()

    assert len(before) == 2
    assert await kept(ctx) == before
