"""Somebody who pries: reads at random whatever the installation serves, knowing where to look."""

import html
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from uuid import UUID

import httpx
from litestar import Litestar

from core.context import Context
from core.db import new_id
from core.identity import sessions
from tests.plugins.eoffice.conftest import rows
from tests.plugins.eoffice.vault import MARK, RECEIVED, SENT, Vault, found_in, read_pdf

_OF_LETTERS = """
SELECT letter_id, id, 'file' AS kind FROM eoffice.file
UNION ALL SELECT letter_id, id, 'task' FROM eoffice.task
UNION ALL SELECT letter_id, id, 'endorsement' FROM eoffice.endorsement
UNION ALL SELECT letter_id, id, 'dispatch' FROM eoffice.dispatch
UNION ALL SELECT id, id, 'letter' FROM eoffice.letter
UNION ALL SELECT NULL, id, 'case' FROM casework."case"
"""
_WORDS = (MARK, f"{MARK}subject", "พญาหงส์", "หงส์", MARK[:4], "เปิดเผย", "ชม", "secret", "ลับ")
_BOOKS = ("secret_receive", "secret_send", "receive", "send", "order", "secret_receive.works")
_TELLING = ("/desk/eoffice", "/desk/eoffice/search", "/desk/audit", "/desk/messages", "/notices")
_ACTIONS = ("propose", "note", "approve", "finish", "recall", "sign", "return")
_TOKEN = re.compile(r'name="_csrf_token" value="[^"]*"|"X-CSRFToken": ?"[^"]*"|X-CSRFToken[^}]*}')


@dataclass(frozen=True)
class Way:
    """One page of the installation, or what is posted to it."""

    method: str
    route: str

    @property
    def weight(self) -> int:
        """How often it is tried: pages of letters the most, then all of correspondence."""
        if (":uuid}" in self.route and "/eoffice/" in self.route) or self.route in _TELLING:
            return 30
        return 10 if "eoffice" in self.route else 1


def ways_of(app: Litestar) -> list[Way]:
    """Return every page that is read, and what correspondence takes."""
    found = set()
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in handler.http_methods & {"GET", "POST"}:
                if ":path}" not in route.path and (method == "GET" or "eoffice" in route.path):
                    found.add(Way(method, route.path))
    return sorted(found, key=lambda way: (way.route, way.method))


async def known_ids(vault: Vault) -> tuple[dict[str, list[str]], set[str]]:
    """Return ids by kind, and which of them are of secret letters."""
    secret = set(vault.secret.values())
    ids: dict[str, list[str]] = {"agency": [str(one) for one in vault.agencies.values()]}
    of_secret = set()
    for row in await rows(vault.hall.ctx, _OF_LETTERS):
        ids.setdefault(row["kind"], []).append(str(row["id"]))
        if row["letter_id"] in secret:
            of_secret.add(str(row["id"]))
    tracks = await rows(vault.hall.ctx, 'SELECT track FROM casework."case"')
    return ids | {"track": [row["track"] for row in tracks]}, of_secret


@dataclass
class Read:
    """What is asked for.

    :ivar typed: words that stand on the answer because they were typed.
    """

    way: Way
    path: str
    query: dict[str, str]
    data: dict[str, str] | None
    headers: dict[str, str]

    @property
    def names(self) -> set[str]:
        """Ids on which what is answered depends."""
        asked = ""
        if self.way.route.endswith("/send"):
            asked = (self.data or {})["dispatch"]
        if self.way.route.endswith("/drafts/new") and self.query.get("kind"):
            asked = self.query.get("answers", "")
        return {*self.path.split("/"), asked}


class Chance:
    """Chooses what to read next."""

    def __init__(self, seed: int, ways: list[Way], ids: Mapping[str, list[str]]) -> None:
        self._chance, self._ids = random.Random(seed), ids  # noqa: S311
        self._ways = [way for way in ways for _ in range(way.weight)]

    def choose(self, some: Sequence["Prying"]) -> "Prying":
        return self._chance.choice(some)

    def next(self) -> Read:
        choice = self._chance.choice
        way = choice(self._ways)
        path = re.sub(r"\{(\w+):(\w+)\}", lambda at: self._value(at[1], at[2]), way.route)
        query = {
            "q": choice(_WORDS),
            "before": choice((self._id("letter"), str(SENT), "")),
            "year": choice(("2569", "2570", "")),
            "first": str(choice((1, RECEIVED, SENT))),
            "last": str(choice((9, RECEIVED + 5, SENT + 5))),
            "kind": choice(("external", "memo", "")),
            "answers": self._id("letter"),
            "subject": choice((f"letter/{self._id('letter')}", "register/secret_send", "")),
        }
        chosen = {name: value for name, value in query.items() if choice((True, False))}
        if way.route == "/desk/audit":
            chosen.pop("q", None)  # The trail repeats what was looked for in it.
        data = self._data() if way.method == "POST" else None
        headers = {"Cookie": f"language={choice(('th', 'en'))}"}
        if choice((True, False, False)):
            target = choice(("problem", "main", "letters"))
            headers |= {"HX-Request": "true", "HX-Target": target}
        return Read(way, path, chosen, data, headers)

    def _id(self, kind: str) -> str:
        every = [one for some in self._ids.values() for one in some]
        own = self._ids.get(kind, every)
        pool = self._chance.choice((own, own, own, every))
        return self._chance.choice([*pool, str(new_id())])

    def _value(self, name: str, kind: str) -> str:
        if kind == "uuid":
            return self._id(name)
        if kind == "int":
            return str(self._chance.choice((2569, 2570, 1, RECEIVED, SENT, SENT + 2)))
        if name == "track":
            return self._chance.choice(self._ids["track"])
        names = ("office", "works", "ABCD-EFGH-JKMN", MARK)
        return self._chance.choice(_BOOKS if name == "register" else (*_BOOKS, *names))

    def _data(self) -> dict[str, str]:
        choice = self._chance.choice
        return {
            "action": choice(_ACTIONS),
            "text": "ตามเสนอ",
            "to": choice(("mayor", "clerk", "director-works")),
            "why": choice(("ขอดึงคืน", "")),
            "agency": self._id("agency"),
            "dispatch": self._id("dispatch"),
            "revision": choice(("1", "2", "3")),
            "count": "1",
            "code": "ชม 52001",
            "kind": "memo",
        }


class Prying:
    """An officer at a browser, who is on no list."""

    def __init__(self, client: httpx.AsyncClient, secret: set[str]) -> None:
        self.client, self._secret = client, secret
        self.statuses: Counter[int] = Counter()
        self._refusals: tuple[int, ...] = (401, 303, 404)  # to a stranger: the way to sign in

    async def enter(self, ctx: Context, account: UUID | None) -> None:
        page = "/sign-in"
        if account is not None:
            opened = await sessions.open_session(
                ctx, account, "officer", browser=sessions.Browser(), how="password"
            )
            self.client.cookies.set(sessions.COOKIE, opened.token)
            page, self._refusals = "/desk/eoffice", (403, 404, 409)
        shown = (await self.client.get(page)).text
        token = shown.split('name="_csrf_token" value="')[1].split('"')[0]
        self.client.headers["X-CSRFToken"] = token

    async def read(self, what: Read) -> None:
        """Read, and see that nothing secret is told: what is there looks as what is not."""
        answer = await self._ask(what)
        told = _said(answer, what)
        self.statuses[answer.status_code] += 1
        ours = "eoffice" in what.way.route
        assert answer.status_code < 500 or not ours, what
        assert found_in(told) == [], what
        if what.way.route != "/desk/audit":
            assert not {one for one in self._secret if one in told}, what
        if meant := what.names & self._secret:
            assert answer.status_code in self._refusals or not ours, what
            other = {one: str(new_id()) for one in meant}
            none = _swapped(what, other)
            missing = await self._ask(none)
            assert missing.status_code == answer.status_code, what
            assert _said(missing, none) == told, what

    async def _ask(self, what: Read) -> httpx.Response:
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        headers = what.headers | {"Cookie": f"{what.headers['Cookie']}; {cookies}"}
        path = f"{quote(what.path)}?{urlencode(what.query)}"
        return await self.client.request(what.way.method, path, data=what.data, headers=headers)


def _swapped(what: Read, other: Mapping[str, str]) -> Read:
    def swap(text: str) -> str:
        for one, instead in other.items():
            text = text.replace(one, instead)
        return text

    data = {name: swap(text) for name, text in what.data.items()} if what.data else what.data
    query = {name: swap(text) for name, text in what.query.items()}
    return Read(what.way, swap(what.path), query, data, what.headers)


def _said(answer: httpx.Response, what: Read) -> str:
    """Return what an answer says beside what was typed."""
    told = answer.text
    if answer.headers.get("content-type", "").startswith("application/pdf"):
        told = answer.content.decode("latin-1") + read_pdf(answer.content)
    told += "\n".join(f"{name}: {value}" for name, value in _telling(answer))
    typed = {*what.query.values(), *(what.data or {}).values(), what.path}
    typed |= {part for text in typed for part in text.split("/")}
    for text in sorted(typed, key=len, reverse=True):
        for form in (text, quote(text), quote(text, safe=""), html.escape(text)):
            if len(text) > 3:
                told = told.replace(form, "•")
    return without_token(told)


def without_token(page: str) -> str:
    """Return a page without what differs from one answer to the next."""
    return _TOKEN.sub("", page)


def _telling(answer: httpx.Response) -> list[tuple[str, str]]:
    left_out = {"x-request-id", "set-cookie", "content-length", "date"}
    return [(name, value) for name, value in answer.headers.items() if name not in left_out]
