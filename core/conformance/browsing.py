"""Pages of the plugin, opened as a browser without scripts opens them."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import httpx
from litestar.response import ServerSentEvent
from litestar.routes import HTTPRoute

from core.conformance.markup import Element, parse
from core.conformance.subject import Subject
from core.conformance.watching import WATCH
from core.context import Context
from core.http.shell import LANGUAGE_COOKIE
from core.identity.accounts import register_officer
from core.identity.cookies import SESSION, cookie_name
from core.identity.holders import grant_role
from core.identity.roles import create_role
from core.identity.sessions import Browser, open_session
from core.text import Text

Who = Literal["officer", "stranger"]

MOST_PAGES = 24
_ROLE = "everything"
_PARAMETER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class Page:
    """An answer to a browser.

    :ivar statements: that were sent to the database for it.
    """

    path: str
    who: Who
    status: int
    kind: str
    body: bytes
    seconds: float
    statements: int

    @property
    def is_page(self) -> bool:
        """Whether it is a page and came as one."""
        return self.status == httpx.codes.OK and self.kind.startswith("text/html")

    @property
    def is_whole(self) -> bool:
        """Whether it is more than the part of a page that htmx puts into another one."""
        return any(self.tree.every("html", "body", "head", "main"))

    @cached_property
    def tree(self) -> Element:
        """Its markup."""
        return parse(self.body.decode(errors="replace"))

    @property
    def told(self) -> str:
        """How it is named in a finding."""
        return f"{self.path} ({self.who})"


class Browsing:
    """Who opens the plugin's pages, in two municipalities.

    :ivar paths: of its own pages that can be opened without knowing more.
    """

    def __init__(self, subject: Subject, app: Any) -> None:
        self._app = app
        routes = list(_routes(subject))
        self.paths = tuple(sorted(path for path in routes if "{" not in path))
        self._own = re.compile("|".join(map(_pattern, range(len(routes)), routes)) or "$^")
        self._sessions: dict[str, str] = {}
        self._base: dict[str, str] = {}
        self._cookie = ""
        self._walked: dict[tuple[str, Who], Sequence[Page]] = {}

    def through(self, app: Any) -> "Browsing":
        """Return who opens the same pages of another application."""
        other = Browsing.__new__(Browsing)
        other.__dict__ = {**self.__dict__, "_app": app, "_walked": {}}
        return other

    async def sign_in(self, ctx: Context) -> None:
        """Let in an officer who may do everything."""
        plugins = ctx.host.plugins
        held = [right for name in sorted(ctx.tenant.plugins) for right in plugins[name].permissions]
        title = Text("ทุกสิทธิ", "Everything")
        await create_role(ctx, code=_ROLE, title=title, permissions=held)
        officer = await register_officer(
            ctx,
            post="เจ้าหน้าที่ทดสอบ",
            title="นาย",
            first_name="ทดสอบ",
            last_name="ระบบ",
            email=f"everything@{ctx.tenant.id}.example",
        )
        await grant_role(ctx, account=officer, role=_ROLE)
        opened = await open_session(ctx, officer, "officer", browser=Browser(), how="password")
        self._sessions[ctx.tenant.id] = opened.token
        self._base[ctx.tenant.id] = ctx.origin
        self._cookie = cookie_name(ctx.settings, SESSION)

    async def look(
        self, ctx: Context, path: str, *, who: Who = "officer", language: str = "th"
    ) -> Page:
        """Open a page."""
        cookies = {LANGUAGE_COOKIE: language}
        if who == "officer":
            cookies[self._cookie] = self._sessions[ctx.tenant.id]
        base = self._base[ctx.tenant.id]
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        before, began = WATCH.statements, time.perf_counter()
        async with httpx.AsyncClient(transport=transport, base_url=base, cookies=cookies) as line:
            answer = await line.get(path)
        return Page(
            path=path,
            who=who,
            status=answer.status_code,
            kind=answer.headers.get("content-type", ""),
            body=answer.content,
            seconds=time.perf_counter() - began,
            statements=WATCH.statements - before,
        )

    async def walk(
        self, ctx: Context, *, who: Who = "officer", anew: bool = False
    ) -> Sequence[Page]:
        """Open the plugin's pages, and those of its own that they lead to.

        :param anew: not as they were answered before.
        """
        key = (ctx.tenant.id, who)
        if anew or key not in self._walked:
            self._walked[key] = await self._walk(ctx, who)
        return self._walked[key]

    async def _walk(self, ctx: Context, who: Who) -> Sequence[Page]:
        waiting, seen = list(self.paths), set(self.paths)
        found: list[Page] = []
        while waiting and len(found) < MOST_PAGES:
            page = await self.look(ctx, waiting.pop(0), who=who)
            found.append(page)
            for path in self._links(page) if page.is_page else ():
                if path not in seen:
                    seen.add(path)
                    waiting.append(path)
        return found

    def _links(self, page: Page) -> Iterator[str]:
        kinds: set[str] = set()
        for link in page.tree.every("a"):
            address = urlsplit(urljoin(page.path, link.attributes.get("href", "")))
            own = self._own.fullmatch(address.path)
            # Of many links of one kind on a page the first leads to what all lead to.
            if own and not address.netloc and own.lastgroup not in kinds:
                kinds.add(str(own.lastgroup))
                yield address.path


def _routes(subject: Subject) -> Iterator[str]:
    """Yield the paths that the plugin answers when something is asked for, and then is done."""
    for router in subject.given("register_routes") or ():
        for route in router.routes:
            if isinstance(route, HTTPRoute) and "GET" in route.methods and not _endless(route):
                yield route.path


def _endless(route: HTTPRoute) -> bool:
    """Whether the answer goes on as long as somebody looks."""
    answers = [handler.parsed_fn_signature.return_type for handler in route.route_handlers]
    return any(answer.is_subclass_of(ServerSentEvent) for answer in answers)


def _pattern(place: int, path: str) -> str:
    parts = [re.escape(part) for part in _PARAMETER.split(path)]
    return f"(?P<way{place}>{'[^/]+'.join(parts)})"


def guards_of(subject: Subject) -> Mapping[str, Sequence[Any]]:
    """Return, by method and path, the guards that stand before a plugin's handlers."""
    found: dict[str, Sequence[Any]] = {}
    for router in subject.given("register_routes") or ():
        for route in router.routes:
            for handler in getattr(route, "route_handlers", ()):
                # Litestar itself answers which methods there are.
                methods = sorted(set(getattr(handler, "http_methods", ())) - {"OPTIONS"})
                if methods:
                    found[f"{'/'.join(methods)} {route.path}"] = handler.resolve_guards()
    return found
