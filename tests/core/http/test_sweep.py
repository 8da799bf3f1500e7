"""Every address and every form is tried with what no person would send: never a fault of ours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from core import db
from core.context import Context
from core.identity import accounts, holders, roles, sessions
from core.identity.cookies import SESSION
from core.runtime import Runtime
from core.text import Text
from tests.conftest import app_of

REQUEST = {
    "applicant": {"name": "นายสมชาย ใจดี", "phone": "+66812345678"},
    "answers": {"subject": "ต้นไม้พาดสายไฟ", "details": "กลัวหักช่วงลมแรง"},
}
HERE = {"Sec-Fetch-Site": "same-origin"}
# What goes on as long as somebody looks.
ENDLESS = "/stream"
OPEN = ("/static/", "/assets/", "/metrics", "/api/openapi", "/offline-worker")
# By the type of a part of an address.
ODD: dict[str, Sequence[str]] = {
    "uuid": (str(UUID(int=7)), "x", "00000000-0000-0000-0000-00000000000๗", "%00", "7" * 5000),
    "int": ("0", "-1", "๗", "9" * 30, "9" * 5000, "1.5", "x", "%00", "2147483648"),
    "str": ("x", "%00", "%ff", "..%2f..%2fetc", "a" * 3000, "'; --", "%E0%B8%81", "%0d%0aX: y"),
    "date": ("2026-11-20", "2569-11-20", "0000-00-00", "9999-12-31", "๒๕๖๙-๑๑-๒๐", "x"),
}
QUERIES = (
    "q=%00&next=%00&after=%00&page=%00&code=%00&from=%00",
    "q=%ff&after=%ff&code=%ff&view=%ff&service=%ff&day=%ff&unit=%ff",
    "after=" + "9" * 4000 + "&page=" + "9" * 400 + "&from=9999-99-99&until=x&day=x&kind=x",
    "next=//evil.example&next=%0d%0aSet-Cookie:%20a=b&month=-1&year=๒๕๖๙&division=%5B%5D",
    "&".join(f"a{n}=1" for n in range(3000)),
)
VALUES = (
    "",
    "ก" * 10_000,
    "a\x00b\u202ec\ud7ff\ufeff\u0e4d" + "\u0301" * 300,
    "-1",
    "๙" * 40,
    "99999999999999999999999999",
    "1e309",
    "x' OR 1=1; DROP TABLE core.account; --",
    "<script>alert(1)</script>{{ 7*7 }}${7}",
    '{"a": [[[[]]]]}',
    "00000000-0000-0000-0000-000000000007",
    "2569-02-30",
    "٣٣٣٣٣٣٣٣٣٣٣٣٣",
)
FRAMEWORK = re.compile(
    r"Traceback|Internal Server|Bad Request|Not Found|Method Not Allowed|Validation failed|"
    r"ValueError|status_code|asyncpg|litestar",
)
FINE = {200, 201, 204, 303, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429}


@dataclass
class Form:
    action: str
    method: str
    names: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.found = here, list[Form]()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method") == "post"
            if self.inside:
                self.found.append(Form(given.get("action") or self.here, "POST"))
        elif self.inside and given.get("name") and given["name"] != "_csrf_token":
            form = self.found[-1]
            if given.get("type") == "file":
                form.files.append(given["name"])
            elif given.get("type") == "hidden":
                form.held[given["name"]] = given.get("value", "")
            form.names.append(given["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


class Visitor:
    """Somebody who may do everything, and notes what went wrong."""

    def __init__(self, browser: httpx.AsyncClient) -> None:
        self.browser = browser
        self.wrong: list[str] = []
        self.forms: dict[tuple[str, tuple[str, ...]], Form] = {}

    async def try_out(self, method: str, path: str, **more: Any) -> httpx.Response | None:
        try:
            answer = await self.browser.request(method, path, **more)
        except Exception as problem:
            self.wrong.append(f"{method} {path[:120]}: {problem!r}")
            return None
        told = FRAMEWORK.search(answer.text) if "html" in self.kind(answer) else None
        if answer.status_code not in FINE or told:
            said = told[0] if told else ""
            self.wrong.append(
                f"{method} {path[:120]} {str(more)[:90]}: {answer.status_code} {said}"
            )
        return answer

    def kind(self, answer: httpx.Response) -> str:
        return str(answer.headers.get("content-type", ""))

    async def look(self, path: str) -> None:
        answer = await self.try_out("GET", path)
        if answer is not None and "html" in self.kind(answer):
            parser = Forms(path.split("?")[0])
            parser.feed(answer.text)
            for form in parser.found:
                self.forms.setdefault((form.action.split("?")[0], tuple(form.names)), form)


def addresses(app: Litestar, known: dict[str, str]) -> Iterator[tuple[str, set[str], str, bool]]:
    """Yield path, methods, and whether it was made of what there is."""
    for route in app.routes:
        if (
            route.path.startswith(OPEN)
            or route.path.endswith(ENDLESS)
            or route.path in ("/api", "/api/{path:str}")
        ):
            continue
        methods = set()
        for handler in getattr(route, "route_handlers", []):
            methods |= handler.http_methods - {"OPTIONS", "HEAD"}
        parts: list[Any] = list(route.path_components)
        named = [part for part in parts if hasattr(part, "type")]
        if all(part.name in known for part in named):
            path = "/" + "/".join(known[p.name] if hasattr(p, "type") else str(p) for p in parts)
            yield path, methods, route.path, True
        for odd in range(max((len(_odd(part)) for part in named), default=0)):
            path = "/" + "/".join(
                _odd(part)[odd % len(_odd(part))] if hasattr(part, "type") else str(part)
                for part in parts
            )
            yield path, methods, route.path, False


def _odd(part: Any) -> Sequence[str]:
    return ODD.get(part.type.__name__.lower(), ODD["str"])


@pytest.fixture
async def everything(ctx: Context, runtime: Runtime) -> dict[str, str]:
    """An officer who may do all, and a draft; by the names that addresses use."""
    now = runtime.context(ctx.tenant)
    permissions = [
        name for manifest in runtime.host.plugins.values() for name in manifest.permissions
    ]
    name = {"first_name": "อรทัย", "last_name": "มั่นคง"}
    officer = await accounts.register_officer(now, post="ปลัด", phone="0812345671", **name)
    await holders.grant_role(now, account=officer, role="administrator")
    await roles.create_role(now, code="all", title=Text("ทุกอย่าง", "All"), permissions=permissions)
    await holders.grant_role(now, account=officer, role="all")
    colleague = await accounts.register_officer(now, post="นิติกร", phone="0812345672", **name)
    opened = await sessions.open_session(
        now, officer, "officer", browser=sessions.Browser(), how="password"
    )
    return {"session": opened.token, "officer": str(colleague), "code": "oss.general"}


@pytest.fixture
async def visitor(runtime: Runtime, ctx: Context, everything: dict[str, str]) -> Any:
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", headers=HERE
    ) as browser:
        browser.cookies.set(SESSION, everything["session"])
        begun = await browser.post("/services/oss.general")
        everything["draft"] = begun.headers["location"].split("/")[2]
        everything["number"] = "1"
        filed = await browser.post(
            "/api/services/oss.general/cases", json=REQUEST, headers={"Idempotency-Key": "k" * 20}
        )
        everything["track"] = filed.json()["track"]
        async with db.transaction(ctx) as connection:
            everything["case"] = str(await connection.fetchval('SELECT id FROM casework."case"'))
        made = Visitor(browser)
        yield made, app.application, everything


async def test_no_address_falls_over(visitor: Any) -> None:
    who, app, known = visitor
    for path, methods, _, there in addresses(app, known):
        for method in sorted(methods):
            if there and method != "GET":
                continue  # a whole address with nothing in its form is tried below
            await who.try_out(method, path)
            if method == "GET" and there:
                for query in QUERIES:
                    await who.try_out("GET", f"{path}?{query}")

    assert who.wrong == []


async def test_no_form_falls_over(visitor: Any) -> None:
    who, app, known = visitor
    for path, methods, _, there in addresses(app, known):
        if there and "GET" in methods:
            await who.look(path)
    forms = [form for form in who.forms.values() if "sign-out" not in form.action]
    assert len(forms) > 30
    for form in forms:
        for value in VALUES:
            held = {name: value for name in form.names if name not in form.files}
            for sent in (held, held | form.held) if form.held else (held,):
                await who.try_out("POST", form.action, data=sent)
        many = {name: ["1", "2", "๓"] for name in form.names if name not in form.files}
        await who.try_out("POST", form.action, data=many)
        here = await who.browser.get("/account")
        assert here.status_code == 200, f"{form.action} ended the session"
        lying = {name: ("../../\u202egpj.exe", b"MZ\0\0", "image/jpeg") for name in form.names}
        await who.try_out("POST", form.action, files=lying)

    assert who.wrong == []
