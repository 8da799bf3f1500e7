import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest

from core import db
from core.context import Context
from core.identity import holders, officers, roles
from core.runtime import Runtime
from core.text import Text
from tests.core.operator.conftest import Carry, Desk, at, words
from tests.core.operator.test_tenants import trail

Sit = Callable[..., Awaitable[Desk]]
ASKED = {"role": "registry", "why": "ใบอนุญาตพิมพ์ไม่ออก ธีรพงษ์แจ้งมา", "minutes": "60"}
OWN = "/desk/operator/support"


@dataclass
class Both:
    """The operator's person and the office's administrator, with an access between them."""

    helper: Desk
    office: Desk
    access: UUID
    runtime: Runtime
    carry: Carry

    @property
    def own(self) -> str:
        return f"{OWN}/{self.access}"

    @property
    def asked(self) -> str:
        return f"/desk/support/{self.access}"

    async def consent(self, **more: str) -> None:
        given = {"role": "administrator", "minutes": "30", **more}
        answer = await self.office.send(f"{self.asked}/give", given)
        assert answer.status_code == 303, words(answer)
        await self.carry()

    async def link(self) -> str:
        answer = await self.helper.send(f"{self.own}/link")
        assert answer.status_code == 200, words(answer)
        [path] = re.findall(
            r'href="http://maehia\.localhost:8000(/support/enter/[^"]+)"', answer.text
        )
        return str(path)

    async def enter(self, browser: httpx.AsyncClient) -> httpx.Response:
        path = await self.link()
        page = await browser.get(path)
        assert "เข้าใช้ระบบของหน่วยงานนี้" in page.text
        return await browser.post(path, data={"_csrf_token": browser.cookies["csrf"]})


@pytest.fixture
async def both(
    at_desk: Sit, ctx: Context, operator: Context, runtime: Runtime, carry: Carry
) -> Both:
    helper = await at_desk(operator, "administrator", "ปวีณา")
    office = await at_desk(ctx, "administrator", "ธีรพงษ์")
    answer = await helper.send("/desk/operator/tenants/maehia/support", ASKED)
    assert answer.status_code == 303, words(answer)
    [access] = re.findall(rf"{OWN}/([0-9a-f-]+)", answer.headers["location"])
    await carry()
    return Both(helper, office, UUID(access), runtime, carry)


@pytest.fixture
async def inside(both: Both) -> AsyncIterator[httpx.AsyncClient]:
    """The helper's browser in the office, after consent."""
    await both.consent()
    async with at(both.runtime, "maehia") as browser:
        entered = await both.enter(browser)
        assert entered.headers["location"] == "/desk"
        yield browser


async def is_in(browser: httpx.AsyncClient) -> bool:
    """Return whether a page of officers opens; a redirect leads to the sign-in page."""
    return (await browser.get("/desk/modules")).status_code == 200


async def test_asked_consented_used_and_ended_with_a_banner_and_both_trails(
    both: Both, ctx: Context, operator: Context
) -> None:
    told = await both.office.see(both.asked)
    assert ASKED["why"] in told
    assert "ปวีณา ใจดี" in told
    assert "ฝ่ายสนับสนุนขอเข้าใช้ระบบของหน่วยงาน" in await both.office.see("/notices")
    assert "รอหน่วยงานตอบ" in await both.helper.see(both.own)

    await both.consent()
    assert "หน่วยงานตอบคำขอเข้าใช้แล้ว" in await both.helper.see("/notices")
    async with at(both.runtime, "maehia") as browser:
        await both.enter(browser)
        page = await browser.get("/desk/modules")
        assert page.status_code == 200
        assert "ท่านกำลังเข้าใช้ในฐานะฝ่ายสนับสนุน" in page.text
        assert "ท่านกำลังเข้าใช้" in (await browser.get("/")).text
        assert "ท่านกำลังเข้าใช้" not in await both.office.see("/desk/modules")
        await both.carry()
        for desk, path in ((both.office, both.asked), (both.helper, both.own)):
            assert "/desk/modules" in await desk.see(path)
        ended = await browser.post("/support/end", data={"_csrf_token": browser.cookies["csrf"]})
        assert ended.status_code == 303
        assert not await is_in(browser)
    await both.carry()

    for where in (ctx, operator):
        acts = await trail(where)
        for act in ("given", "used", "ended"):
            assert f"core.support.{act}" in [action for action, _ in acts]
        name = f"ปวีณา ใจดี ({operator.tenant.name.th})"
        assert ("core.support.used", name) in acts
    for desk, path in ((both.office, both.asked), (both.helper, both.own)):
        assert "จบแล้ว" in await desk.see(path)


async def test_without_consent_there_is_no_link(both: Both) -> None:
    assert (await both.helper.send(f"{both.own}/link")).status_code == 409

    await both.office.send(f"{both.asked}/refuse")
    await both.carry()

    assert (await both.helper.send(f"{both.own}/link")).status_code == 409
    assert "ไม่ยินยอม" in await both.helper.see(both.own)
    again = await both.office.send(f"{both.asked}/give", {"role": "registry", "minutes": "30"})
    assert again.status_code == 409


async def test_the_office_ends_it_and_the_next_page_is_closed(
    both: Both, inside: httpx.AsyncClient
) -> None:
    assert await is_in(inside)

    assert (await both.office.send(f"{both.asked}/end")).status_code == 303

    assert not await is_in(inside)
    assert (await both.helper.send(f"{both.own}/link")).status_code == 409
    assert (await both.office.send(f"{both.asked}/end")).status_code == 409


async def test_the_operator_gives_it_up_and_the_next_page_is_closed(
    both: Both, inside: httpx.AsyncClient
) -> None:
    assert (await both.helper.send(f"{both.own}/close")).status_code == 303

    assert not await is_in(inside)
    await both.carry()
    assert "จบแล้ว" in await both.office.see(both.asked)


async def test_time_ends_it_at_the_next_request(
    both: Both, inside: httpx.AsyncClient, ctx: Context
) -> None:
    assert await is_in(inside)

    await at_office(ctx, "UPDATE core.support_access SET until = now() WHERE tenant_id = 'maehia'")

    assert not await is_in(inside)
    assert "หมดเวลา" in await both.office.see(both.asked)


async def at_office(ctx: Context, statement: str) -> None:
    async with db.transaction(ctx) as connection:
        await connection.execute(statement)


async def test_who_leaves_the_operator_or_loses_the_right_is_out_at_once(
    both: Both, inside: httpx.AsyncClient, operator: Context
) -> None:
    [held] = await holders.roles_of(operator, both.helper.account)
    await holders.revoke_role(operator, holding=held["id"])
    assert not await is_in(inside)
    await holders.grant_role(operator, account=both.helper.account, role="administrator")
    assert await is_in(inside)

    await officers.close_officer(operator, both.helper.account, closed=True)

    assert not await is_in(inside)


async def test_the_role_counts_as_the_office_has_it_without_care_for_people(
    both: Both, inside: httpx.AsyncClient, ctx: Context
) -> None:
    for path in ("/desk/people", "/desk/people/roles", "/desk/support"):
        assert (await inside.get(path)).status_code == 403, path
    for path in (f"{both.asked}/give", f"{both.asked}/end", "/desk/people/new"):
        answer = await inside.post(path, data={"_csrf_token": inside.cookies["csrf"]})
        assert answer.status_code == 403, path

    row = next(one for one in await roles.list_roles(ctx) if one["code"] == "administrator")
    left = [one for one in row["permissions"] if one != "core.modules"]
    title = Text(row["title_th"], row["title_en"])
    await roles.change_role(ctx, code="administrator", title=title, permissions=left)

    assert (await inside.get("/desk/modules")).status_code == 403


async def test_the_account_of_support_is_of_no_officer_and_cannot_be_let_in_otherwise(
    both: Both, inside: httpx.AsyncClient, ctx: Context
) -> None:
    assert "ปวีณา" not in await both.office.see("/desk/people")
    for path in ("", "/edit"):
        answer = await both.office.browser.get(f"/desk/people/{both.helper.account}{path}")
        assert answer.status_code == 404
    for path, data in (
        ("/invitation", {}),
        ("/active", {"closed": "no"}),
        ("/roles", {"role": "mayor"}),
    ):
        answer = await both.office.send(f"/desk/people/{both.helper.account}{path}", data)
        assert answer.status_code == 404, path
    async with db.transaction(ctx) as connection:
        row = await connection.fetchrow(
            "SELECT kind, active, password_hash FROM core.account WHERE tenant_id = $1 AND id = $2",
            ctx.tenant.id,
            both.helper.account,
        )
    assert tuple(row) == ("support", False, "")


async def test_a_link_works_once_and_only_for_who_asked(
    both: Both, at_desk: Sit, operator: Context, other: Context
) -> None:
    await both.consent()
    colleague = await at_desk(operator, "administrator", "ชูใจ")
    assert (await colleague.send(f"{both.own}/link")).status_code == 409

    path = await both.link()
    async with at(both.runtime, "maehia") as first, at(both.runtime, "maehia") as second:
        answers = []
        for browser in (first, second):
            await browser.get(path)
            data = {"_csrf_token": browser.cookies["csrf"]}
            answers.append(await browser.post(path, data=data))
        assert [one.status_code for one in answers] == [303, 422]
        assert not await is_in(second)
    async with at(both.runtime, other.tenant.id) as elsewhere:
        assert "ลิงก์นี้ใช้ไม่ได้แล้ว" in (await elsewhere.get(await both.link())).text


async def test_of_many_who_answer_at_once_one_is_heard(both: Both) -> None:
    given = {"role": "registry", "minutes": "30"}
    await both.office.see(both.asked)

    answers = await asyncio.gather(
        *(both.office.send(f"{both.asked}/{act}", given) for act in ("give", "refuse", "give"))
    )

    assert sorted(one.status_code for one in answers) == [303, 409, 409]


async def test_word_that_comes_twice_or_from_the_wrong_side_changes_nothing(
    both: Both, ctx: Context, operator: Context, other: Context
) -> None:
    async with db.transaction(operator) as connection:
        kept = await connection.fetchrow(
            "SELECT to_jsonb(a) - 'tenant_id' AS told FROM core.support_access a "
            "WHERE tenant_id = 'dga'"
        )
    async with db.across_tenants() as connection:
        for tenant, sender, state in (
            ("maehia", "yala", "given"),
            ("maehia", "dga", "given"),
            ("maehia", "dga", "asked"),
            ("dga", "yala", "given"),
            ("yala", "dga", "asked"),
        ):
            await connection.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('core', "
                "'core.take_support', jsonb_build_object('tenant', $1::text, 'sender', $2::text, "
                "'access', $3::jsonb || jsonb_build_object('state', $4::text)))",
                tenant,
                sender,
                kept["told"],
                state,
            )

    await both.carry()

    assert "รอหน่วยงานตอบ" in await both.office.see(both.asked)
    assert "รอหน่วยงานตอบ" in await both.helper.see(both.own)
    async with db.transaction(other) as connection:
        assert not await connection.fetchval(
            "SELECT EXISTS (SELECT FROM core.support_access WHERE tenant_id = 'yala')"
        )


@pytest.mark.parametrize(
    "wrong",
    [{"role": "king"}, {"minutes": "45"}, {"minutes": "๓๐"}, {"why": " "}, {"why": "ก" * 501}],
)
async def test_an_ask_needs_a_role_a_reason_and_a_time_of_the_list(
    wrong: dict[str, str], at_desk: Sit, operator: Context
) -> None:
    helper = await at_desk(operator, "administrator", "ปวีณา")

    answer = await helper.send("/desk/operator/tenants/maehia/support", {**ASKED, **wrong})

    assert answer.status_code == 422
    for own in ("dga", "nobody"):
        answer = await helper.send(f"/desk/operator/tenants/{own}/support", ASKED)
        assert answer.status_code in (404, 409)


async def test_the_office_may_give_less_and_not_more(both: Both) -> None:
    for wrong in ({"minutes": "120"}, {"minutes": "x"}):
        answer = await both.office.send(f"{both.asked}/give", {"role": "registry", **wrong})
        assert answer.status_code == 422
    unknown = await both.office.send(f"{both.asked}/give", {"role": "king", "minutes": "30"})
    assert unknown.status_code == 404
