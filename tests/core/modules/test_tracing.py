import re

import asyncpg
import httpx
import pytest

from core.context import Context
from core.trace import TRACE, note_query

TRACED = "/desk/trace"


def rows(page: str) -> list[list[str]]:
    """Return the cells of the table, without their marks."""
    body = page.partition("<tbody")[2]
    return [
        [
            " ".join(re.sub("<[^>]*>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row)
        ]
        for row in body.split("<tr")[1:]
    ]


async def test_it_tells_which_plugin_answered_which_hook_in_what_time(
    administrator: httpx.AsyncClient, ctx: Context
) -> None:
    answer = await administrator.get(TRACED, params={"path": "/"})

    assert answer.status_code == 200
    told = {(title, where): rest for title, where, *rest in rows(answer.text)}
    casework = ctx.host.plugins["casework"].title.th
    for hook in ("cards_for_home", "links_for_navigation"):
        milliseconds, queries, result = told[casework, hook]
        assert float(milliseconds) >= 0
        assert int(queries) >= 0
        assert result == "ตอบแล้ว"
    oss = ctx.host.plugins["oss"].title.th
    assert (oss, "page_for_home") in told


async def test_the_page_itself_and_its_queries_are_told(
    administrator: httpx.AsyncClient, ctx: Context
) -> None:
    answer = await administrator.get(TRACED, params={"path": "/food/places?q=นม"})

    title = ctx.host.plugins["food_cert"].title.th
    [(_, _, milliseconds, queries, result)] = [
        row for row in rows(answer.text) if row[:2] == [title, "/food/places"]
    ]
    assert float(milliseconds) > 0
    assert int(queries) >= 1
    assert result == "ตอบแล้ว"


async def test_the_page_is_opened_with_the_rights_of_who_looks(
    administrator: httpx.AsyncClient,
) -> None:
    answer = await administrator.get(TRACED, params={"path": "/desk/till"})

    assert re.search(r"ไม่มีสิทธิเปิดหน้านี้ \(403\)", answer.text), answer.text


@pytest.mark.parametrize(
    "path",
    [
        *("https://elsewhere.example/", "//elsewhere.example/x", "//[", "desk"),
        *(TRACED, f"{TRACED}?path=/", TRACED.replace("t", "%74")),
    ],
)
async def test_what_is_no_page_of_this_site_is_refused_with_what_to_type(
    path: str, administrator: httpx.AsyncClient
) -> None:
    answer = await administrator.get(TRACED, params={"path": path})

    assert answer.status_code == 422
    assert "พิมพ์ที่อยู่ของหน้าในเว็บนี้" in answer.text


async def test_nothing_is_noted_while_nobody_looks(administrator: httpx.AsyncClient) -> None:
    await administrator.get("/")
    note_query()

    assert TRACE.get() is None
    answer = await administrator.get(TRACED)
    assert "<tbody" not in answer.text


async def test_what_failed_is_named_with_its_cause(
    administrator: httpx.AsyncClient, ctx: Context, database: str
) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute("REVOKE SELECT ON treasury.bill FROM thongthin_app")
    await owner.close()

    path = "/desk/modules/oss/switch?on=no"
    answer = await administrator.get(TRACED, params={"path": path})

    treasury = ctx.host.plugins["treasury"].title.th
    [row] = [row for row in rows(answer.text) if row[:2] == [treasury, "effects_of_switch"]]
    assert row[-1].startswith("ผิดพลาด InsufficientPrivilegeError: ")


async def test_strangers_see_no_trace(client: httpx.AsyncClient, ctx: Context) -> None:
    assert (await client.get(TRACED, params={"path": "/"})).status_code == 303
