"""What no person would send to the operator's forms is refused in words, never a fault of ours."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from core.context import Context
from tests.core.http.test_sweep import FINE, QUERIES, VALUES
from tests.core.operator.conftest import Desk

Sit = Callable[..., Awaitable[Desk]]
ID = str(UUID(int=7))
FORMS: dict[str, tuple[str, ...]] = {
    "/tenants/new": ("id", "lao_code", "name_th", "place_en", "plugins", "first_name", "email"),
    "/tenants/maehia/suspend": ("why_th", "why_en"),
    "/tenants/maehia/support": ("role", "why", "minutes"),
    "/tenants/x/resume": (),
    "/announcements/new": ("once", "title_th", "body_en", "kinds", "provinces"),
    "/figures": ("smallest",),
    "/offices": ("file",),
    f"/support/{ID}/close": (),
    f"/support/{ID}/link": (),
}
PAGES = (
    "/tenants",
    "/offices",
    "/health",
    "/figures",
    "/figures/services/%ff",
    "/figures/national.csv",
    "/figures/national.json",
    "/tenants/new",
    "/tenants/%00",
    "/tenants/..%2f..",
    f"/announcements/{ID}",
    f"/support/{ID}",
)


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
async def test_no_form_falls_over(value: str, at_desk: Sit, operator: Context) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")

    answers = {
        path: (await desk.send(f"/desk/operator{path}", dict.fromkeys(fields, value))).status_code
        for path, fields in FORMS.items()
    }

    assert {path: status for path, status in answers.items() if status not in FINE} == {}


async def test_no_page_falls_over(at_desk: Sit, operator: Context) -> None:
    desk = await at_desk(operator, "administrator", "ปวีณา")

    answers = {}
    for path in PAGES:
        for query in QUERIES:
            answer = await desk.browser.get(f"/desk/operator{path}?{query}&year={query[:9]}")
            answers[path, query[:20]] = answer.status_code

    assert {where: status for where, status in answers.items() if status not in FINE} == {}
