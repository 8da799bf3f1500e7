"""Secret letters are there for those on their list, and for nobody else in any way.

``THONGTHIN_READS=10000`` has the unlisted read for some minutes.
"""

import io
import logging
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
import pytest

from core import logs
from core.context import Context
from core.errors import InvalidInput, NotAllowed, NotFound
from core.runtime import Runtime
from core.undelivered import service as undelivered
from kit.documents import Store, verify
from plugins.eoffice.service import arrivals, doors, drafts, receiving, registers, searching, tasks
from plugins.eoffice.service.access import get_letter
from plugins.eoffice.service.drafts import Typed
from plugins.eoffice.service.files import files_of
from tests.conftest import app_of
from tests.plugins.eoffice.conftest import TownHall, a_head, registered, rows
from tests.plugins.eoffice.letters import FIELDS
from tests.plugins.eoffice.prying import Chance, Prying, known_ids, ways_of, without_token
from tests.plugins.eoffice.vault import (
    MARK,
    RECEIVED,
    SENT,
    Vault,
    a_vault,
    at_work,
    exchange,
    fill,
    found_in,
    said,
    settle,
    until_done,
)

READS = int(os.environ.get("THONGTHIN_READS", "600"))
SEED = int(os.environ.get("THONGTHIN_SEED", "2526"))
HOME = "/desk/eoffice"


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that the processes say, as in production."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook)
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logs.set_up(process="web")
    # The browsers of this test are of the same process, and type what they look for.
    monkeypatch.setattr(logging.getLogger("httpx"), "disabled", True)
    yield stream
    root.handlers, root.level = before[0], before[1]
    sys.excepthook = before[2]


@pytest.fixture
async def vault(
    logged: io.StringIO, runtime: Runtime, ctx: Context, other: Context, database: str
) -> Vault:
    made = await a_vault(ctx, other)
    async with at_work(runtime, database):
        await exchange(made)
        await fill(made)
        await until_done()
    await settle(made)
    return made


def unlisted(vault: Vault) -> dict[str, UUID]:
    accounts = vault.hall.accounts.items()
    return {who: account for who, account in accounts if account not in vault.listed}


@asynccontextmanager
async def prying(
    runtime: Runtime, vault: Vault, *who: str | None
) -> AsyncIterator[tuple[list[Prying], Chance]]:
    """Have officers at their browsers, None for somebody who has not signed in."""
    app = app_of(runtime)
    ids, secret = await known_ids(vault)
    async with AsyncExitStack() as stack:
        found = []
        for one in who:
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app), base_url="http://maehia.localhost", timeout=60
            )
            found.append(Prying(await stack.enter_async_context(client), secret))
            await found[-1].enter(vault.hall.ctx, vault.hall.accounts[one] if one else None)
        yield found, Chance(SEED, ways_of(app.application), ids)


async def test_whatever_the_unlisted_read_at_random_tells_nothing_of_secret_letters(
    runtime: Runtime, vault: Vault, logged: io.StringIO
) -> None:
    await vault.hall.let_act("next_officer", "mayor", "นายกเทศมนตรี")
    # Who keeps the register sees the most, and pries the most.
    who = [*unlisted(vault), "registry", "next_registry", "registry", "next_registry", None]
    async with prying(runtime, vault, *who) as (some, chance):
        for _ in range(READS):
            await chance.choose(some).read(chance.next())

    seen: Counter[int] = sum((one.statuses for one in some), Counter())
    assert len(unlisted(vault)) > 10
    assert not runtime.host.quarantine.resting
    assert min(seen[status] for status in (200, 303, 403, 404)) > READS / 100
    assert found_in(logged.getvalue()) == []


async def test_no_message_page_of_the_trail_or_failed_work_tells_of_them(
    runtime: Runtime, vault: Vault
) -> None:
    ctx = vault.hall.ctx
    arguments = {"sender": "yala", "message": "", "letter": str(vault.secret["received"])}
    wrong = InvalidInput({"files": said("name")})  # type: ignore[dict-item]
    await undelivered.note(ctx, job="eoffice.take_over", arguments=arguments, problem=wrong)
    secret = {str(one) for one in vault.secret.values()}

    for row in await rows(ctx, "SELECT * FROM core.message"):
        assert found_in(str(row)) == []
        assert row["account"] in vault.listed or not any(one in str(row) for one in secret)
    trail = await rows(ctx, "SELECT * FROM core.audit_entry")
    assert [row for row in trail if found_in(f"{row['detail']} {row['subject']}")] == []
    assert {f"letter/{one}" for one in secret} <= {row["subject"] for row in trail}
    async with prying(runtime, vault, "administrator") as ([administrator], _):
        for page in ("/desk/undelivered", "/desk/messages", "/desk/audit"):
            shown = await administrator.client.get(page)
            assert shown.status_code == 200
            assert found_in(shown.text) == []
            assert page == "/desk/audit" or not any(one in shown.text for one in secret)


async def test_the_unlisted_count_only_what_is_not_secret(runtime: Runtime, vault: Vault) -> None:
    registry, clerk = await vault.sits("next_registry"), await vault.sits("next_clerk")
    waiting = [one["id"] for one in await arrivals.arrivals(registry)]
    counted = {door.href: door.count for door in await doors.doors(registry)}

    assert sorted(waiting) == sorted([vault.plain["waiting"], vault.plain["arrived"]])
    assert counted[f"{HOME}/arrivals"] == 2
    # A new holder of the post at which a secret letter waits.
    mayor = await vault.sits("next_mayor")
    assert [one["letter_id"] for one in await tasks.inbox(mayor)] == []
    assert (await tasks.count_waiting(mayor), await tasks.count_waiting(clerk)) == (0, 0)
    assert await tasks.count_waiting(await vault.sits("mayor")) == 1
    for words in (MARK, "พญาหงส์", said("signed")):
        assert await searching.search(await vault.sits("registrar"), words) == []
    for register in ("receive", "send", "order", "circular"):
        for entry in await registers.page_of(registry, register, registry.today.year + 543):
            assert found_in(str(entry)) == []
            assert entry["letter_id"] not in vault.secret.values()


async def test_the_registrar_finds_them_in_books_that_nobody_else_opens(
    runtime: Runtime, vault: Vault
) -> None:
    year = vault.hall.ctx.today.year + 543
    pages = [f"{HOME}/registers/secret_receive", f"{HOME}/registers/secret_send"]
    papers = [f"{page}/{year}/register.pdf?first=1&last=9999999" for page in pages]
    async with prying(runtime, vault, "registrar", "next_registry") as ([registrar, registry], _):
        shown = [(await registrar.client.get(page)).text for page in pages]
        hidden = [await registry.client.get(page) for page in (*pages, *papers)]
        none = await registry.client.get(f"{HOME}/registers/nothing")

    assert str(RECEIVED) in shown[0]
    assert all(str(number) in shown[1] for number in range(SENT, SENT + 4))
    assert [one.status_code for one in hidden] == [404] * 4
    assert {without_token(one.text.replace(str(one.url.path), "")) for one in hidden[:2]} == {
        without_token(none.text.replace(none.url.path, ""))
    }


async def test_the_same_number_as_of_a_secret_letter_is_registered_as_if_there_were_none(
    vault: Vault,
) -> None:
    same = {name: said(name) for name in ("number", "sender", "subject")}

    letter, drawn = await registered(await vault.sits("next_registry"), **same)

    assert (drawn.register, drawn.number) == ("receive", 2)
    assert letter not in vault.secret.values()
    twin = await arrivals.take_in(await vault.sits("registrar"), [], paper_only=True, secret=True)
    registrar, head = await vault.sits("registrar"), a_head(**same, secrecy="secret")
    with pytest.raises(receiving.AlreadyRegistered, match=str(RECEIVED)):
        await receiving.register(registrar, twin, head)


async def test_by_another_letter_nothing_of_a_secret_one_is_sent_again(
    runtime: Runtime, vault: Vault
) -> None:
    query = "SELECT id, letter_id, state FROM eoffice.dispatch WHERE state = 'failed'"
    failed = {row["letter_id"]: row["id"] for row in await rows(vault.hall.ctx, query)}
    plain, secret = vault.plain["signed"], vault.secret["signed"]
    async with prying(runtime, vault, "registry") as ([registry], _):
        said = [
            (
                await registry.client.post(
                    f"{HOME}/letters/{plain}/sent", data={"step": "again", "dispatch": str(one)}
                )
            )
            for one in (failed[secret], plain, failed[plain])
        ]

    assert [one.status_code for one in said] == [404, 404, 303]
    assert without_token(said[0].text) == without_token(said[1].text)
    again = {row["letter_id"] for row in await rows(vault.hall.ctx, query)}
    assert again == {secret}


async def test_the_listed_read_and_it_stands_in_the_trail(vault: Vault, runtime: Runtime) -> None:
    letter = vault.secret["received"]
    [main] = [one for one in await files_of(vault.hall.ctx, letter) if one["role"] == "main"]
    ways = (f"{HOME}/letters/{letter}", f"{HOME}/letters/{letter}/sheet.pdf")
    file = f"{HOME}/letters/{letter}/files/{main['id']}"
    async with prying(runtime, vault, "registrar", "clerk", "mayor") as (listed, _):
        for one in listed:
            answers = [await one.client.get(way) for way in (*ways, file)]
            assert [answer.status_code for answer in answers] == [200, 200, 200]
            assert found_in(answers[0].text)
            assert MARK.encode() in answers[2].content

    query = (
        "SELECT actor FROM core.audit_entry WHERE action = 'eoffice.secret.read' AND subject = $1"
    )
    read = Counter(row["actor"] for row in await rows(vault.hall.ctx, query, f"letter/{letter}"))
    assert read == {vault.hall.accounts[who]: 3 for who in ("registrar", "clerk", "mayor")}


async def test_who_got_one_by_mistake_reads_it_no_more_once_it_is_called_back(
    vault: Vault,
) -> None:
    with pytest.raises(NotFound):
        await get_letter(await vault.sits("deputy_clerk"), vault.secret["received"])

    query = "SELECT detail FROM core.audit_entry WHERE action = 'eoffice.reader.struck'"
    [struck] = await rows(vault.hall.ctx, query)
    assert str(vault.hall.accounts["deputy_clerk"]) in struck["detail"]


async def test_what_answers_or_was_begun_as_secret_stays_secret(vault: Vault) -> None:
    clerk, registrar = await vault.sits("clerk"), await vault.sits("registrar")
    plain = Typed(fields=FIELDS, signer="mayor")

    with pytest.raises(InvalidInput) as answer:
        await drafts.begin(clerk, "external", plain, answers=vault.secret["received"])
    draft = vault.secret["draft"]
    row = await get_letter(registrar, draft)
    with pytest.raises(InvalidInput) as opened:
        await drafts.change(registrar, draft, plain, revision=row["revision"])

    assert [list(one.value.problems) for one in (answer, opened)] == [["secrecy"], ["secrecy"]]
    assert (await get_letter(registrar, draft))["secrecy"] == "secret"


async def test_only_a_registrar_takes_a_secret_letter_in(hall: TownHall) -> None:
    with pytest.raises(NotAllowed, match="Registrar of secret documents"):
        await arrivals.take_in(await hall.sits("registry"), [], paper_only=True, secret=True)


async def test_the_page_that_checks_papers_knows_none_of_them(
    vault: Vault, runtime: Runtime
) -> None:
    ctx = vault.hall.ctx
    store = Store(ctx.settings.data / "files")
    async with prying(runtime, vault, None) as ([stranger], _):
        for name in ("signed", "order"):
            [file] = await files_of(ctx, vault.secret[name])
            raw = await store.read_async(ctx.tenant.id, file["digest"])
            sent: Any = {"file": ("paper.pdf", raw, "application/pdf")}
            answer = await stranger.client.post("/v", files=sent)
            assert answer.status_code == 404
            assert found_in(answer.text) == []
    query = "SELECT subject, code FROM documents.paper"
    known = {row["subject"]: row["code"] for row in await rows(ctx, query)}
    assert list(known) == [f"letter/{vault.plain['signed']}"]
    assert (await verify(ctx, known[f"letter/{vault.plain['signed']}"])).state == "valid"
