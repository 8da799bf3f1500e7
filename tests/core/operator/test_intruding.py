"""Whatever token is brought to whatever office, only consent that counts opens a page."""

import random
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx
import pytest

from core.context import Context
from core.runtime import Runtime
from tests.core.operator.conftest import Carry, Desk, at, words
from tests.core.operator.test_support import ASKED, OWN

Sit = Callable[..., Awaitable[Desk]]
ATTEMPTS = 400
PAGES = (
    "/desk/modules",
    "/desk/office",
    "/desk/audit",
    "/desk/people",
    "/desk/support",
    "/account",
)
SENT = (
    "/desk/office/units",
    "/desk/people/new",
    "/desk/modules/oss/switch",
    "/support/end",
    "/desk/operator/tenants/maehia/suspend",
)


@dataclass
class Pool:
    """Every token that was ever handed out, where it came from, and which of them count where."""

    sessions: dict[str, set[str]] = field(default_factory=dict)  # by the office where it counts
    spent: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


async def asked(helper: Desk, office: str, carry: Carry) -> str:
    answer = await helper.send(f"/desk/operator/tenants/{office}/support", ASKED)
    [access] = re.findall(rf"{OWN}/([0-9a-f-]+)", answer.headers["location"])
    await carry()
    return str(access)


async def entered(runtime: Runtime, helper: Desk, office: str, access: str, pool: Pool) -> str:
    """Enter by a link, and return the token of the session."""
    answer = await helper.send(f"{OWN}/{access}/link")
    [link] = re.findall(r"(/support/enter/[^\"]+)", answer.text)
    pool.links.append(link)
    async with at(runtime, office) as browser:
        await browser.get(link)
        done = await browser.post(link, data={"_csrf_token": browser.cookies["csrf"]})
        assert done.status_code == 303, words(done)
        return str(browser.cookies["session"])


@pytest.fixture
async def pool(
    at_desk: Sit, ctx: Context, other: Context, operator: Context, runtime: Runtime, carry: Carry
) -> Pool:
    """Accesses that were asked, given, ended and refused, by two helpers in two offices."""
    pool = Pool(sessions={"maehia": set(), "yala": set(), "dga": set()})
    first, second = [await at_desk(operator, "administrator", name) for name in ("ปวีณา", "ชูใจ")]
    offices = {one.tenant.id: await at_desk(one, "administrator", "ธีร") for one in (ctx, other)}
    given = {"role": "administrator", "minutes": "30"}
    for helper, office, fate in (
        (first, "maehia", "counts"),
        (first, "yala", "ended"),
        (second, "yala", "counts"),
        (second, "maehia", "refused"),
        (second, "maehia", "asked"),
    ):
        access = await asked(helper, office, carry)
        pool.ids.append(access)
        if fate in ("counts", "ended"):
            await offices[office].send(f"/desk/support/{access}/give", given)
            await carry()
            token = await entered(runtime, helper, office, access, pool)
            if fate == "counts":
                pool.sessions[office].add(token)
            else:
                await offices[office].send(f"/desk/support/{access}/end")
                pool.spent.append(token)
        elif fate == "refused":
            await offices[office].send(f"/desk/support/{access}/refuse")
    pool.sessions["dga"] |= {str(one.browser.cookies["session"]) for one in (first, second)}
    await carry()
    return pool


def guess(chance: random.Random, known: list[str]) -> str:
    """Return a token that was handed out, one that differs by a letter, or any."""
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    kind = chance.randrange(4)
    if kind < 2:
        return chance.choice(known)
    if kind == 2:
        token = chance.choice(known)
        place = chance.randrange(len(token))
        changed = chance.choice([one for one in letters if one != token[place]])
        return token[:place] + changed + token[place + 1 :]
    return "".join(chance.choices(letters, k=43))


@pytest.mark.parametrize("seed", range(3))
async def test_no_token_opens_an_office_but_where_its_consent_counts(
    seed: int, pool: Pool, runtime: Runtime
) -> None:
    chance = random.Random(seed)  # noqa: S311 - to try, not to keep secret
    known = [*pool.spent, *(one for some in pool.sessions.values() for one in sorted(some))]
    opened, rightly = [], 0
    for _ in range(ATTEMPTS):
        office = chance.choice(["maehia", "yala", "dga"])
        token = guess(chance, known)
        async with at(runtime, office) as browser:
            browser.cookies.set("session", token, domain=f"{office}.localhost", path="/")
            page = chance.choice([*PAGES, *(f"/desk/support/{one}" for one in pool.ids)])
            if token in pool.sessions[office]:
                rightly += (await browser.get("/desk/modules")).status_code == 200
                continue
            link = chance.choice(pool.links)
            tried = [await browser.get(page), await _sent(browser, chance.choice([*SENT, link]))]
            opened += [str(one.url) for one in tried if not _closed(one)]

    assert opened == []
    assert rightly > 0


async def _sent(browser: httpx.AsyncClient, path: str) -> httpx.Response:
    await browser.get("/sign-in")
    return await browser.post(path, data={"_csrf_token": browser.cookies["csrf"], "why_th": "x"})


def _closed(answer: httpx.Response) -> bool:
    """Return whether a stranger's answer was given: to the sign-in page, or that a link is over."""
    if answer.status_code == 303:
        return answer.headers["location"].startswith("/sign-in")
    return answer.status_code == 422 and "ลิงก์นี้ใช้ไม่ได้แล้ว" in answer.text


async def test_who_acts_by_consent_in_one_office_reaches_nothing_of_another(
    pool: Pool, runtime: Runtime
) -> None:
    [token] = pool.sessions["maehia"]
    async with at(runtime, "maehia") as browser:
        browser.cookies.set("session", token, domain="maehia.localhost", path="/")
        for access in pool.ids:
            assert (await browser.get(f"/desk/support/{access}")).status_code == 403
        assert (await browser.get("/desk/operator/tenants")).status_code == 403
        assert (await browser.get(OWN)).status_code == 403
