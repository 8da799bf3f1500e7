"""With correspondence off its letters open still and can be checked; on again it goes on."""

import asyncio
import re
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.context import Context
from core.db import across_tenants, transaction
from core.runtime import Runtime
from core.tenants.service import switch_plugin
from plugins.eoffice.rules.endorsing import ACTIONS
from plugins.eoffice.rules.envelopes import envelop, new_key, pack, sign
from plugins.eoffice.rules.parcels import Agency, Note, Unsent
from plugins.eoffice.service import arrivals, correspondents, direct, tasks
from plugins.eoffice.service.access import list_readers
from plugins.eoffice.service.correspondents import Entry
from plugins.eoffice.service.endorsements import Written
from plugins.eoffice.service.endorsing import endorse
from plugins.eoffice.service.files import files_of
from tests.plugins.eoffice.conftest import TownHall, at_desk, registered, rows, staffed
from tests.plugins.eoffice.letters import FIELDS, drafted, put_forward, signed, signs
from tests.plugins.eoffice.vault import at_work, until_done

HOME = "/desk/eoffice"
KEPT = "/desk/kept/eoffice"


@pytest.fixture
async def office(ctx: Context) -> TownHall:
    """A town hall of this very moment, as its pages are."""
    return await staffed(replace(ctx, now=datetime.now(UTC)))


async def switch(runtime: Runtime, ctx: Context, *, on: bool) -> None:
    await switch_plugin(ctx, plugin="eoffice", on=on)
    runtime.directory.forget()


async def files_by_pages(
    browser: httpx.AsyncClient, root: str, files: Mapping[UUID, list[UUID]]
) -> dict[UUID, bytes]:
    """Return the bytes of all files of letters, as an officer gets them."""
    found = {}
    for letter, ids in files.items():
        for file in ids:
            answer = await browser.get(f"{root}/{letter}/files/{file}")
            assert answer.status_code == 200
            found[file] = answer.content
    return found


async def test_letters_open_byte_for_byte_and_are_checked_while_correspondence_is_off(
    runtime: Runtime, office: TownHall
) -> None:
    ctx = office.ctx
    received, drawn = await registered(await office.sits("registry"))
    clerk = await office.sits("clerk")
    [task] = await tasks.inbox(clerk)
    assign = Written(action="assign", text="มอบกองช่างเข้าประชุม", to=("director-works",))
    await endorse(clerk, received, task["id"], assign)
    sent = await signed(office)
    files = {one: [file["id"] for file in await files_of(ctx, one)] for one in (received, sent)}
    [paper] = await rows(ctx, "SELECT code FROM documents.paper")
    async with at_desk(runtime, office, "clerk") as browser:
        before = await files_by_pages(browser, f"{HOME}/letters", files)
        assert (await browser.get(KEPT)).status_code == 404

        await switch(runtime, ctx, on=False)
        for way in (HOME, f"{HOME}/registers", f"{HOME}/letters/{received}", f"{HOME}/search?q=ก"):
            assert (await browser.get(way)).status_code == 404
        assert (await browser.get("/exchange/eoffice/key")).status_code == 404
        after = await files_by_pages(browser, KEPT, files)
        found = await browser.get(KEPT, params={"q": "น้ำท่วม ๐๐๒๓"})
        shown = (await browser.get(f"{KEPT}/{received}")).text
        checked = (await browser.get(f"/v/{paper['code']}")).text
        sent_file: Any = {"file": ("a.pdf", after[files[sent][0]], "application/pdf")}
        same = (await browser.post("/v", files=sent_file)).text
        assert f"{KEPT}/{received}" in (await browser.get("/desk/kept/eoffice?q=812")).text
        assert f'href="{KEPT}"' in shown

        await switch(runtime, ctx, on=True)
        assert (await browser.get(KEPT)).status_code == 404
        assert (await browser.get(f"{HOME}/letters/{received}")).status_code == 200

    assert after == before
    assert len(after) >= 2
    assert found.status_code == 200
    for words in ("ขอเชิญประชุม", "มอบ ผู้อำนวยการ", "มอบกองช่างเข้าประชุม", drawn.quoted, "หนังสือ.pdf"):
        assert words in shown
    assert "เอกสารจริง" in checked
    assert "ไม่ถูกแก้ไข" in same


async def test_old_letters_are_there_for_whom_they_were_there_for_before(
    runtime: Runtime, office: TownHall
) -> None:
    ctx = office.ctx
    plain, _ = await registered(await office.sits("registry"), first="head-works")
    secret = await arrivals.take_in(ctx, [], paper_only=True, secret=True)
    async with transaction(ctx):
        await list_readers(ctx, secret, [office.accounts["officer"]])
    sees = {}
    async with AsyncExitStack() as stack:
        browsers = {
            who: await stack.enter_async_context(at_desk(runtime, office, who))
            for who in ("registry", "mayor", "director", "head", "officer")
        }
        await switch(runtime, ctx, on=False)
        for who, browser in browsers.items():
            answers = [await browser.get(f"{KEPT}/{one}") for one in (plain, secret, uuid4())]
            sees[who] = [answer.status_code for answer in answers]

    assert sees == {
        "registry": [200, 404, 404],  # oversees all
        "mayor": [200, 404, 404],
        "director": [404, 404, 404],  # of another division
        "head": [200, 404, 404],  # in whose post it waits
        "officer": [404, 200, 404],  # is on the list
    }
    query = "SELECT actor FROM core.audit_entry WHERE action = 'documents.kept.read'"
    assert [row["actor"] for row in await rows(ctx, query)] == [office.accounts["officer"]]


async def test_numbers_go_on_without_a_gap_when_correspondence_is_on_again(
    runtime: Runtime, office: TownHall
) -> None:
    await signed(office)
    registry = await office.sits("registry")
    for letter in ("ชม 0023/1", "ชม 0023/2"):
        await registered(registry, number=letter)
    draft = await drafted(office)
    await put_forward(office, draft)

    await switch(runtime, office.ctx, on=False)
    await switch(runtime, office.ctx, on=True)
    _, third = await registered(registry, number="ชม 0023/3")
    number = await signs(await office.sits("mayor"), draft)

    assert (third.number, number) == (3, "ชม 52001/2")
    found = await rows(
        office.ctx, "SELECT register, number, state FROM eoffice.entry ORDER BY 1, 2"
    )
    assert [tuple(row.values()) for row in found] == [
        *(("receive", one, "used") for one in (1, 2, 3)),
        *(("send", one, "used") for one in (1, 2)),
    ]


async def make_due() -> None:
    """Let the pauses of all that was put off be over."""
    async with across_tenants() as connection:
        await connection.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")


async def states(ctx: Context) -> list[str]:
    return [row["state"] for row in await rows(ctx, "SELECT state FROM eoffice.dispatch")]


async def came(ctx: Context) -> list[str]:
    return [row["subject"] for row in await rows(ctx, "SELECT subject FROM eoffice.letter")]


async def test_what_waits_goes_out_when_correspondence_is_on_again_at_both_sides(
    runtime: Runtime, office: TownHall, other: Context, database: str
) -> None:
    here, there = office.ctx, replace(other, now=office.ctx.now)
    entry = Entry(name=there.tenant.name.th, channel="neighbour", neighbour=there.tenant.id)
    await signed(office, to=(str(await correspondents.keep(here, entry)),))

    await switch(runtime, here, on=False)
    async with at_work(runtime, database):
        await until_done()
        assert await states(here) == ["waiting"]
        await switch(runtime, there, on=False)
        await switch(runtime, here, on=True)
        await make_due()
        await until_done()
        assert (await states(here), await came(there)) == (["sent"], [])
        await switch(runtime, there, on=True)
        await make_due()
        await until_done()

    assert await states(here) == ["received"]
    assert await came(there) == [FIELDS["subject"]]


async def test_an_office_of_another_installation_that_is_off_is_tried_again(ctx: Context) -> None:
    sides: dict[str, Any] = {"sender": Agency(name="แม่เหียะ"), "receiver": Agency(name="ยะลา")}
    note = Note(
        id=uuid4(), kind="received", number="1", dated_on=ctx.today, subject="น้ำท่วม", **sides
    )
    sealed = envelop(note, sender="here", receiver="there", written_at=ctx.now)
    message = pack(sign(sealed, new_key()))

    async def nothing(_: str) -> bytes:
        return b""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        node = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with pytest.raises(Unsent) as put_off:
            await direct.carry(ctx, {"message": message}, {"node": node, "key": ""}, nothing)

    assert put_off.value.again


def test_what_officers_wrote_is_called_the_same_when_correspondence_is_off() -> None:
    migration = import_module("plugins.eoffice.piccolo_migrations.eoffice_2026_11_29_07_records")
    known = re.findall(r"\('(\w+)', '([^']+)', '([^']+)'\)", migration.UP)

    assert {name: (th, en) for name, th, en in known} == {
        name: (action.title.th, action.title.en) for name, action in ACTIONS.items()
    }
