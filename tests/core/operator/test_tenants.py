import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from core import db
from core.context import Context
from core.runtime import Runtime
from core.tenants.tables import Municipality
from tests.core.operator.conftest import Carry, Desk, at, words

Sit = Callable[..., Awaitable[Desk]]

NEW = {
    "id": "kamphaengsaen",
    "lao_code": "05730201",
    "name_th": "เทศบาลตำบลกำแพงแสน",
    "name_en": "Kamphaeng Saen Subdistrict Municipality",
    "place_th": "อำเภอกำแพงแสน จังหวัดนครปฐม",
    "place_en": "Kamphaeng Saen District, Nakhon Pathom",
    "address_th": "อำเภอกำแพงแสน จังหวัดนครปฐม 73140",
    "address_en": "Kamphaeng Saen, Nakhon Pathom 73140",
    "first_name": "มานี",
    "last_name": "รักเรียน",
    "post": "ผู้ดูแลระบบ",
    "email": "manee@kps.example",
    "plugins": "oss",
}
WHY = {"why_th": "หน่วยงานรวมกับเทศบาลอื่น", "why_en": "The office is merged with another"}
PATHS = ("/tenants", "/offices", "/tenants/new", "/tenants/maehia")


async def trail(ctx: Context) -> list[tuple[str, str]]:
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT action, actor_name FROM core.audit_entry WHERE tenant_id = $1 ORDER BY id",
            ctx.tenant.id,
        )
    return [(row["action"], row["actor_name"]) for row in rows]


async def test_the_desk_is_of_the_operators_tenant_and_of_who_holds_the_right(
    at_desk: Sit, ctx: Context, operator: Context
) -> None:
    stranger = await at_desk(operator, "officer", "สมชาย")
    elsewhere = await at_desk(ctx, "administrator", "สมศรี")

    for path in PATHS:
        assert (await stranger.browser.get(f"/desk/operator{path}")).status_code == 403
        assert (await elsewhere.browser.get(f"/desk/operator{path}")).status_code == 403


async def test_a_tenant_is_founded_from_the_list_and_its_administrator_signs_in(
    at_desk: Sit, operator: Context, runtime: Runtime, carry: Carry
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    listed = await desk.see("/desk/operator/offices?q=กำแพงแสน")
    assert "ยังไม่ยืนยัน" in listed
    form = (await desk.browser.get("/desk/operator/tenants/new?code=05730201")).text
    assert 'value="05730201"' in form
    assert 'value="เทศบาลตำบลกำแพงแสน"' in form
    assert 'value="Kamphaeng Saen District, Nakhon Pathom"' in form

    answer = await desk.send("/desk/operator/tenants/new", NEW)
    [path] = re.findall(r"http://kamphaengsaen\.localhost:8000(/invited/\S+)", words(answer))
    async with at(runtime, "kamphaengsaen") as browser:
        await browser.get(path)
        token = browser.cookies["csrf"]
        given = {"_csrf_token": token, "password": "บันได แมว น้ำปลา"}
        entered = await browser.post(path, data=given)
        assert entered.headers["location"] == "/desk"
        assert (await browser.get("/desk/modules")).status_code == 200
        assert (await browser.get("/desk/operator/tenants")).status_code == 403
    await carry()
    there = await runtime.directory.get("kamphaengsaen")
    assert there is not None
    assert there.plugins >= {"oss"}
    assert ("core.tenant.created", f"ปวีณา ใจดี ({operator.tenant.name.th})") in await trail(
        runtime.context(there)
    )
    assert "core.tenant.founded" in [action for action, _ in await trail(operator)]
    assert "อยู่ในระบบแล้ว" in await desk.see("/desk/operator/offices?q=กำแพงแสน")


async def test_of_two_who_found_the_same_at_once_one_is_told(
    at_desk: Sit, operator: Context
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    await desk.see("/desk/operator/tenants")
    other = {**NEW, "id": "kps2"}

    answers = await asyncio.gather(
        *(desk.send("/desk/operator/tenants/new", one) for one in (NEW, NEW, other))
    )

    assert sorted(one.status_code for one in answers) == [200, 409, 409]
    _, total = await _served(desk)
    assert total == 3


async def _served(desk: Desk) -> tuple[str, int]:
    said = await desk.see("/desk/operator/tenants")
    [total] = re.findall(r"หน่วยงาน (\d+) แห่ง", said)
    return said, int(total)


async def test_what_is_wrong_is_named_by_field_and_nothing_is_founded(
    at_desk: Sit, operator: Context
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    wrong = {"id": "K!", "lao_code": "12", "name_th": "กำแพงแสน", "plugins": "casework"}

    answer = await desk.send("/desk/operator/tenants/new", wrong)

    assert answer.status_code == 422
    for name in ("id", "lao_code", "name_th", "name_en", "plugins", "first_name", "post"):
        assert f'href="#{name}"' in answer.text, name
    assert (await _served(desk))[1] == 2


async def test_a_list_of_the_dla_takes_the_place_of_the_one_before(
    at_desk: Sit, operator: Context
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    await desk.see("/desk/operator/offices")
    head = "รหัส อปท.,ประเภท อปท.,อปท.,อำเภอ,จังหวัด\n"
    for name in ("แรก", "ครึ่ง"):
        data = f"{head}5570303,เทศบาลตำบล,{name},เชียงของ,เชียงราย\n".encode()
        answer = await desk.browser.post(
            "/desk/operator/offices",
            data={"_csrf_token": desk.browser.cookies["csrf"]},
            files={"file": ("lao.csv", data, "text/csv")},
        )
        assert answer.status_code == 200, answer.text

    said = await desk.see("/desk/operator/offices?q=เชียงราย")

    assert "เทศบาลตำบลครึ่ง" in said
    assert "เทศบาลตำบลแรก" not in said
    assert "ยังไม่ยืนยัน" not in said


async def test_while_suspended_citizens_read_why_officers_read_and_nothing_is_taken(
    at_desk: Sit, ctx: Context, operator: Context, runtime: Runtime, carry: Carry
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    there = await at_desk(ctx, "administrator", "สมศรี")
    await there.see("/desk/office")

    done = await desk.send("/desk/operator/tenants/maehia/suspend", WHY)
    assert done.status_code == 303

    async with at(runtime, "maehia") as citizen:
        for path in ("/", "/services", "/register"):
            answer = await citizen.get(path)
            assert answer.status_code == 503, path
            assert answer.headers["retry-after"]
            assert WHY["why_th"] in answer.text
            assert ctx.tenant.address.th in answer.text
        answer = await citizen.get("/", headers={"Cookie": "language=en"})
        assert WHY["why_en"] in answer.text
        for path in ("/sign-in", "/v", "/health"):
            assert (await citizen.get(path)).status_code == 200, path
        machine = await citizen.get(
            "/api/open-data/services.json", headers={"accept": "application/json"}
        )
        assert machine.status_code == 503
    await there.see("/desk/office")
    refused = await there.send("/desk/office/units", {"id": "new", "name_th": "ก", "name_en": "a"})
    assert refused.status_code == 503
    await carry()
    for where in (ctx, operator):
        assert "core.tenant.suspended" in [action for action, _ in await trail(where)]

    assert (await desk.send("/desk/operator/tenants/maehia/suspend", WHY)).status_code == 409
    assert (await desk.send("/desk/operator/tenants/maehia/resume")).status_code == 303
    async with at(runtime, "maehia") as citizen:
        assert (await citizen.get("/")).status_code == 200
    assert (await desk.send("/desk/operator/tenants/maehia/resume")).status_code == 409


async def test_the_operators_own_tenant_and_an_empty_reason_are_refused(
    at_desk: Sit, operator: Context
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")

    for tenant, given, status in (
        ("dga", WHY, 409),
        ("maehia", {"why_th": " "}, 422),
        ("nobody", WHY, 404),
    ):
        answer = await desk.send(f"/desk/operator/tenants/{tenant}/suspend", given)
        assert answer.status_code == status


async def test_jobs_rest_while_suspended_and_are_done_afterwards(
    at_desk: Sit, ctx: Context, operator: Context, runtime: Runtime, carry: Carry
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    await desk.send("/desk/operator/tenants/maehia/suspend", WHY)
    async with db.across_tenants() as connection:
        await connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
            "VALUES ('core', 'core.forget_run_out', '{\"tenant\": \"maehia\"}')"
        )

    await carry()
    assert await _waiting("core.forget_run_out")
    await desk.send("/desk/operator/tenants/maehia/resume")
    async with db.across_tenants() as connection:
        await connection.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    await carry()

    assert not await _waiting("core.forget_run_out")


async def _waiting(name: str) -> bool:
    async with db.across_tenants() as connection:
        return bool(
            await connection.fetchval(
                "SELECT EXISTS (SELECT FROM procrastinate_jobs "
                "WHERE task_name = $1 AND status = 'todo')",
                name,
            )
        )


async def test_what_is_carried_twice_is_entered_once(
    at_desk: Sit, ctx: Context, operator: Context, carry: Carry
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    await desk.send("/desk/operator/tenants/maehia/suspend", WHY)
    async with db.across_tenants() as connection:
        await connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
            "SELECT queue_name, task_name, args FROM procrastinate_jobs"
        )

    await carry()
    await carry()

    # Both copies were handed over, and both carry the same word.
    entries = [one for one in await trail(ctx) if one[0] == "core.tenant.suspended"]
    assert entries == [("core.tenant.suspended", f"ปวีณา ใจดี ({operator.tenant.name.th})")]


async def test_of_two_who_suspend_at_once_the_second_is_told(
    at_desk: Sit, ctx: Context, operator: Context, carry: Carry
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")
    await desk.see("/desk/operator/tenants")
    path = "/desk/operator/tenants/maehia/suspend"

    answers = await asyncio.gather(*(desk.send(path, WHY) for _ in range(4)))

    assert sorted(one.status_code for one in answers) == [303, 409, 409, 409]
    async with db.transaction(operator):
        row: Any = await Municipality.objects().where(Municipality.id == "maehia").first()
    assert row.suspended_why_en == WHY["why_en"]


@pytest.mark.parametrize(
    "query", ["q=%00&page=x", "q=%ff&state=x&page=-1", "page=999999&q=" + "ก" * 300]
)
async def test_odd_searches_find_nothing_and_break_nothing(
    query: str, at_desk: Sit, operator: Context
) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")

    for path in ("/desk/operator/tenants", "/desk/operator/offices"):
        assert (await desk.browser.get(f"{path}?{query}")).status_code == 200
