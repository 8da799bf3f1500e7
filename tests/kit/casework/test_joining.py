"""What plugins add to a case, and that a faulty one costs its own part alone."""

from collections.abc import AsyncIterator, Callable, Sequence
from types import ModuleType
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest

from core import db
from core.api import Card, Text, hookimpl
from core.context import Context
from core.discovery import Found, find
from core.manifest import Manifest
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from kit.casework import Applicant, CaseVisit, Service, case_visits, file_case
from kit.casework.visits import check_visit

GOOD = CaseVisit(
    code="parks.tree",
    title=Text("เลือกต้นไม้", "Choose a tree"),
    service="parks.planting",
    steps=("choose",),
)
FAULTY: dict[str, Any] = {
    "another plugin's code": {"code": "oss.tree"},
    "no code of a plugin": {"code": "tree"},
    "a code that ends early": {"code": "parks."},
    "a long code": {"code": f"parks.{'x' * 40}"},
    "another plugin's service": {"service": "oss.general"},
    "no step": {"steps": ()},
    "no time": {"minutes": 0},
    "days": {"minutes": 1000},
    "no place": {"places": 0},
    "no title": {"title": Text("", "")},
    "a title without English": {"title": Text("ต้นไม้", "")},
}
asked: list[dict[str, Any]] = []


@hookimpl
async def visits_for_cases(ctx: Context) -> Sequence[CaseVisit]:
    return [GOOD, *(msgspec.structs.replace(GOOD, **fault) for fault in FAULTY.values())]


@hookimpl
async def cards_for_case(
    case: Any, service: str, status: str, step: str | None, track: str, area: str
) -> Sequence[Card]:
    asked.append({"service": service, "status": status, "step": step, "area": area})
    late = Card(Text("ทีหลัง", "Later"), Text("", ""), "", Text("", ""), order=90)
    first = Card(
        Text("เลือกต้นไม้", "Choose a tree"),
        Text("ที่สวน", "There"),
        f"/parks/{track}",
        Text("ไปเลือก", "Go"),
    )
    return [late, first]


@hookimpl
async def broken(case: Any) -> Sequence[Card]:
    raise ValueError("no")


def a_plugin(name: str, **hooks: Any) -> Found:
    module: Any = ModuleType(name)
    module.MANIFEST = Manifest(name=name, title=Text(name, name))
    for hook, function in hooks.items():
        function.__name__ = hook
        setattr(module, hook, function)
    return Found(name, module)


@pytest.fixture
def plugins() -> list[Found]:
    asked.clear()
    return [a_plugin("parks", visits_for_cases=visits_for_cases, cards_for_case=cards_for_case)]


@pytest.fixture
async def runtime(
    database: str, settings: Settings, plugins: list[Found]
) -> AsyncIterator[Runtime]:
    made = make_runtime(settings, database, [*find(), *plugins])
    await db.open_pool()
    yield made
    await made.host.quarantine.settle()
    await db.close_pool()


async def filed(ctx: Context, service: Service) -> Any:
    return await file_case(
        ctx,
        service=service,
        applicant=Applicant(name="นายสมชาย ใจดี", phone="+66812345678"),
        answers={"subject": "ต้นไม้"},
        key=str(uuid4()),
    )


def test_a_kind_of_visit_that_fits_is_taken() -> None:
    assert check_visit("parks", GOOD) is None


@pytest.mark.parametrize("fault", FAULTY)
def test_what_is_wrong_with_a_kind_of_visit_is_said(fault: str) -> None:
    assert check_visit("parks", msgspec.structs.replace(GOOD, **FAULTY[fault]))


async def test_a_faulty_kind_of_visit_is_left_out_alone(ctx: Context) -> None:
    given = [one for one in await case_visits(ctx) if one.code.startswith("parks.")]
    assert given == [GOOD]


async def test_cards_stand_on_the_page_of_who_follows_the_case_in_their_order(
    browser: httpx.AsyncClient, ctx: Context, service: Service
) -> None:
    case = await filed(ctx, service)
    page = await browser.get(f"/t/{case.track}")

    assert page.text.index("ไปเลือก") < page.text.index("<h2>ทีหลัง")
    assert f'href="/parks/{case.track}"' in page.text
    assert asked == [{"service": "oss.try", "status": "submitted", "step": None, "area": "track"}]


async def test_cards_stand_on_the_officers_page(
    sign_in: Callable[..., Any], ctx: Context, service: Service
) -> None:
    case = await filed(ctx, service)
    browser = await sign_in("head")
    page = await browser.get(f"/desk/cases/{case.id}")

    assert "ไปเลือก" in page.text
    assert [one["area"] for one in asked] == ["desk"]


@pytest.mark.parametrize("plugins", [[a_plugin("parks", cards_for_case=broken)]])
async def test_a_part_that_is_missing_is_told_and_the_case_is_shown(
    browser: httpx.AsyncClient, ctx: Context, service: Service
) -> None:
    case = await filed(ctx, service)
    page = await browser.get(f"/t/{case.track}")

    assert page.status_code == 200
    assert "ส่วนนี้ยังไม่พร้อม" in page.text
    assert "1/2569" in page.text
