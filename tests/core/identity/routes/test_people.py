from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from core import db
from core.context import Context
from core.identity import accounts, acting, holders, people, sessions

OFFICER = {
    "title": "นาง",
    "first_name": "อารี",
    "last_name": "ใจดี",
    "email": "aree@maehia.example",
    "post": "นิติกร",
    "unit": "works",
}
PAGES = (
    "/desk/people",
    "/desk/people/new",
    "/desk/people/{officer}",
    "/desk/people/{officer}/edit",
    "/desk/people/{officer}/acting",
    "/desk/people/roles",
    "/desk/people/roles/new",
    "/desk/people/roles/mayor",
)


@pytest.fixture
async def colleague(ctx: Context) -> UUID:
    return await accounts.register_officer(
        ctx, first_name="อรทัย", last_name="มั่นคง", email="o@maehia.example", post="ปลัดเทศบาล"
    )


@pytest.mark.parametrize("path", PAGES)
async def test_these_pages_are_for_who_may_manage_people(
    client: httpx.AsyncClient,
    enter: Any,
    administrator: UUID,
    colleague: UUID,
    citizen: UUID,
    path: str,
) -> None:
    address = path.format(officer=colleague)
    assert (await client.get(address)).status_code == 303
    for someone, status in ((citizen, 403), (colleague, 403), (administrator, 200)):
        await enter(someone)
        assert (await client.get(address)).status_code == status


async def test_the_list_names_officers_and_shows_nothing_else_of_them(
    client: httpx.AsyncClient, enter: Any, administrator: UUID, citizen: UUID
) -> None:
    await enter(administrator)

    page = await client.get("/desk/people")

    assert "นายสมชาย ตั้งใจ" in page.text
    assert "somchai@maehia.example" not in page.text
    assert "วิภาดา" not in page.text


async def test_an_officer_is_added_and_the_page_of_one_is_recorded_when_it_is_opened(
    client: httpx.AsyncClient, post: Any, enter: Any, administrator: UUID, here: Context
) -> None:
    await enter(administrator)

    added = await post("/desk/people/new", OFFICER)
    assert added.status_code == 303
    page = await client.get(added.headers["location"])

    assert "aree@maehia.example" in page.text
    async with db.transaction(here) as connection:
        looked = await connection.fetchval(
            "SELECT count(*) FROM core.audit_entry "
            "WHERE action = 'core.account.read' AND actor = $1 AND owner <> $1",
            administrator,
        )
    assert looked == 1


async def test_an_officer_of_another_municipality_is_not_found(
    client: httpx.AsyncClient, enter: Any, administrator: UUID, other: Context
) -> None:
    foreign = await accounts.register_officer(
        other, first_name="ก", last_name="ข", email="k@yala.example", post="ค"
    )
    await enter(administrator)

    assert (await client.get(f"/desk/people/{foreign}")).status_code == 404


async def test_a_citizen_has_no_page_among_the_officers(
    client: httpx.AsyncClient, enter: Any, administrator: UUID, citizen: UUID
) -> None:
    await enter(administrator)

    assert (await client.get(f"/desk/people/{citizen}")).status_code == 404


async def test_a_wrong_officer_form_is_shown_again_filled(
    post: Any, enter: Any, administrator: UUID
) -> None:
    await enter(administrator)

    answer = await post("/desk/people/new", {**OFFICER, "post": "", "email": "wrong"})

    assert answer.status_code == 422
    assert 'value="อารี"' in answer.text
    assert 'href="#post"' in answer.text
    assert 'href="#email"' in answer.text
    assert '<option value="works" selected>' in answer.text


async def test_what_is_known_of_an_officer_is_corrected(
    post: Any, enter: Any, administrator: UUID, colleague: UUID, here: Context
) -> None:
    await enter(administrator)

    answer = await post(f"/desk/people/{colleague}/edit", OFFICER)
    assert answer.status_code == 303
    known = await people.find_account(here, colleague)
    assert known is not None
    assert (known.name, known.unit, known.email) == (
        "นางอารี ใจดี",
        "works",
        "aree@maehia.example",
    )
    taken = await post(
        f"/desk/people/{colleague}/edit", {**OFFICER, "email": "somchai@maehia.example"}
    )
    assert taken.status_code == 422


async def test_a_role_is_given_and_taken(
    post: Any, enter: Any, administrator: UUID, colleague: UUID, here: Context
) -> None:
    await enter(administrator)

    given = await post(f"/desk/people/{colleague}/roles", {"role": "head", "unit": "works"})
    assert given.headers["location"] == f"/desk/people/{colleague}?done=role"
    [held] = await holders.roles_of(here, colleague)
    assert (held["role"], held["unit"]) == ("head", "works")

    await post(f"/desk/people/{colleague}/roles/{held['id']}/revoke")
    assert await holders.roles_of(here, colleague) == []


async def test_whose_own_rights_change_goes_on_in_a_new_session(
    client: httpx.AsyncClient, post: Any, enter: Any, administrator: UUID, here: Context
) -> None:
    before = await enter(administrator)

    answer = await post(f"/desk/people/{administrator}/roles", {"role": "head", "unit": ""})

    after = answer.cookies["session"]
    assert after != before
    assert (await sessions.resume(here, before)).actor.id != administrator
    client.cookies.set("session", after, domain="maehia.localhost", path="/")
    assert (await client.get("/desk/people")).status_code == 200


async def test_the_last_administrator_is_told_why_the_role_stays(
    post: Any, enter: Any, administrator: UUID, here: Context
) -> None:
    await enter(administrator)
    [held] = await holders.roles_of(here, administrator)

    answer = await post(f"/desk/people/{administrator}/roles/{held['id']}/revoke")

    assert answer.status_code == 409
    assert "จะไม่เหลือผู้ดูแลเจ้าหน้าที่" in answer.text


async def test_an_account_is_closed_and_opened_again(
    post: Any, enter: Any, administrator: UUID, colleague: UUID, here: Context
) -> None:
    await enter(administrator)

    await post(f"/desk/people/{colleague}/active", {"closed": "yes"})
    assert not (await accounts.get(here, colleague))["active"]
    await post(f"/desk/people/{colleague}/active", {"closed": "no"})
    assert (await accounts.get(here, colleague))["active"]
    own = await post(f"/desk/people/{administrator}/active", {"closed": "yes"})
    assert own.status_code == 409


async def test_an_order_to_act_is_entered_and_ended(
    client: httpx.AsyncClient,
    post: Any,
    enter: Any,
    administrator: UUID,
    colleague: UUID,
    here: Context,
) -> None:
    await enter(administrator)
    order = {
        "mode": "replacing",
        "role": "mayor",
        "unit": "",
        "post": "นายกเทศมนตรีเมืองแม่เหียะ",
        "principal": str(administrator),
        "order_no": "๑๒๓/๒๕๖๙",
        "order_on.day": "๑๙",
        "order_on.month": "11",
        "order_on.year": "๒๕๖๙",
        "from_on.day": "20",
        "from_on.month": "11",
        "from_on.year": "2569",
    }

    answer = await post(f"/desk/people/{colleague}/acting", order)
    assert answer.status_code == 303
    [entered] = await acting.acting_orders(here, actor=colleague)
    assert (entered["order_on"], entered["from_on"], entered["to_on"]) == (
        date(2026, 11, 19),
        date(2026, 11, 20),
        None,
    )
    assert entered["principal"] == administrator
    assert "รักษาราชการแทน" in (await client.get(f"/desk/people/{colleague}")).text
    again = await post(f"/desk/people/{colleague}/acting", order)
    assert again.status_code == 409
    assert 'value="นายกเทศมนตรีเมืองแม่เหียะ"' in again.text

    await post(f"/desk/people/{colleague}/acting/{entered['id']}/end")
    assert await acting.acting_orders(here) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"from_on.year": "2026"}, "from_on.year"),
        ({"from_on.month": "2", "from_on.day": "30"}, "from_on.day"),
        ({"from_on.day": ""}, "from_on.day"),
        ({"from_on.year": "99999"}, "from_on.day"),
        ({"principal": "me"}, "principal"),
        ({"mode": ""}, "mode"),
    ],
)
async def test_an_order_with_a_wrong_day_is_shown_again(
    post: Any,
    enter: Any,
    administrator: UUID,
    colleague: UUID,
    wrong: dict[str, str],
    field: str,
) -> None:
    await enter(administrator)
    order = {"mode": "replacing", "role": "mayor", "post": "นายก", "order_no": "1/2569"}
    for day in ("order_on", "from_on"):
        order |= {f"{day}.day": "20", f"{day}.month": "11", f"{day}.year": "2569"}

    answer = await post(f"/desk/people/{colleague}/acting", order | wrong)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


async def test_a_role_is_made_changed_and_deleted(
    client: httpx.AsyncClient, post: Any, enter: Any, administrator: UUID, here: Context
) -> None:
    await enter(administrator)
    role = {"title_th": "นายตรวจ", "title_en": "Inspector", "permissions": ["core.audit"]}

    await post("/desk/people/roles/new", {**role, "code": "inspector"})
    assert "นายตรวจ" in (await client.get("/desk/people/roles")).text
    await post("/desk/people/roles/inspector", {**role, "permissions": []})
    assert (await holders.get_role(here, "inspector"))["permissions"] == []
    wrong = await post("/desk/people/roles/inspector", {**role, "title_en": ""})
    assert wrong.status_code == 422
    await post("/desk/people/roles/inspector/delete")
    assert (await client.get("/desk/people/roles/inspector")).status_code == 404
    kept = await post("/desk/people/roles/mayor/delete")
    assert kept.status_code == 409


async def test_who_cares_for_one_division_stays_within_it(
    client: httpx.AsyncClient, post: Any, enter: Any, colleague: UUID, officer: UUID, ctx: Context
) -> None:
    await holders.grant_role(ctx, account=colleague, role="clerk", unit="works")
    await enter(colleague)

    assert (await client.get(f"/desk/people/{officer}")).status_code == 200
    assert (await client.get(f"/desk/people/{colleague}")).status_code == 403
    outside = await post("/desk/people/new", {**OFFICER, "unit": "clerk"})
    assert outside.status_code == 403
    assert 'value="อารี"' in outside.text
    assert (await post("/desk/people/new", OFFICER)).status_code == 303
    assert (await post("/desk/people/roles/mayor", {"title_th": "ก"})).status_code in (403, 422)
