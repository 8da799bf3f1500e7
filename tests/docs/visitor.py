"""What the tutorial lets its reader do by hand, in a browser: sign in, press, look."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from core.commands.demo_people import PASSWORD
from core.identity.codes import DEMO_CODE

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_CASE = re.compile(r'href="(/desk/cases/[0-9a-f-]{36})"')
_PAPER = re.compile(r'href="(/desk/cases/[0-9a-f-]+/papers/[0-9a-f-]{36})"')


class Visitor:
    """A browser at an office. Forms are sent with all that they hold, as a browser sends them."""

    def __init__(self, port: int, tenant: str = "maehia") -> None:
        self._tenant = tenant
        self._line = httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"Host": f"{tenant}.localhost:{port}"},
            follow_redirects=True,
            timeout=30,
        )

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def open(self, path: str) -> httpx.Response:
        """Return a page."""
        return self._line.get(path)

    def send(
        self,
        page: httpx.Response,
        action: str,
        values: Mapping[str, str | list[str]],
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> httpx.Response:
        """Fill in the form that goes to an address ending so, attach files, and send it."""
        form = re.search(rf'<form[^>]*action="([^"]*{action})"[^>]*>(.*?)</form>', page.text, re.S)
        assert form, f"{page.url} has no form to {action}"
        answer = self._line.post(
            form[1], data=dict(_HIDDEN.findall(form[2])) | dict(values), files=files
        )
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer

    def sign_in(self, role: str) -> None:
        """Come in as an officer of the demonstration."""
        who = {"who": f"{role}@{self._tenant}.example", "password": PASSWORD}
        asked = self.send(self.open("/sign-in"), "/sign-in", who)
        self.send(asked, "/sign-in/code", {"code": DEMO_CODE})


def set_a_price(port: int, _folder: Path) -> None:
    """Set the price of cans, after a word was refused in its place."""
    with Visitor(port) as officer:
        officer.sign_in("officer")
        form = officer.open("/desk/scrap")
        officer.send(form, "/desk/scrap", {"material": "can", "price": "45"})


def approve_the_request(port: int, _folder: Path) -> None:
    """Take up the request of the tutorial and approve it; its paper is there then."""
    with Visitor(port) as registry, Visitor(port) as officer:
        registry.sign_in("registry")
        officer.sign_in("officer")
        [case] = set(_CASE.findall(registry.open("/desk/cases?q=14 หมู่ 3").text))
        for act in ("check", "accept"):
            registry.send(registry.open(case), f"/{act}", {})
        looked_at = officer.send(officer.open(case), "/approve", {})
        done = officer.send(looked_at, "/approve", {"sure": "yes"})
        papers = [officer.open(path) for path in dict.fromkeys(_PAPER.findall(done.text))]
        assert any("ใบนัดรับของรีไซเคิล" in text for text in re.findall(r"<a [^>]*>.*?</a>", done.text))
        assert all(paper.content.startswith(b"%PDF-") for paper in papers)
        assert papers


BY_HAND: dict[str, Callable[[int, Path], None]] = {
    "set_a_price": set_a_price,
    "approve_the_request": approve_the_request,
}
