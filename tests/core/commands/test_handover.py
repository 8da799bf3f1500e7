"""The municipalities of the demonstration move to another server, and work on there."""

import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from core import embedded
from core.commands.demo_people import PASSWORD
from core.identity.codes import DEMO_CODE
from tests.core.commands.conftest import Installation

TENANTS = ("khrueng", "maehia", "yala")
GENUINE = "เอกสารนี้เป็นของจริง"
SAME = "ไฟล์นี้คือไฟล์ที่หน่วยงานออก ไม่ถูกแก้ไข"
PERSON = {"name": "นายสมชาย ใจดี", "phone": "+66812345678", "email": "somchai@example.com"}
ASKED = {"subject": "ขอให้ติดกระจกโค้ง", "details": "ที่ทางแยกหน้าวัด"}
IDS = {
    "case": """SELECT id FROM casework."case"
        WHERE tenant_id = 'maehia' AND status = 'considering'""",
    "letter": "SELECT id FROM eoffice.letter WHERE tenant_id = 'maehia' AND state = 'registered'",
    "receipt": "SELECT id FROM treasury.receipt WHERE tenant_id = 'maehia' ORDER BY number",
}
PAPER = """SELECT '/t/' || track || '/papers/' || paper.id FROM documents.paper
    JOIN casework."case" AS one ON paper.subject = 'case/' || one.id
    WHERE one.tenant_id = 'maehia'"""
LAST = "SELECT max(number), count(*) FROM casework.\"case\" WHERE tenant_id = 'maehia'"
CODE = "SELECT code FROM documents.paper WHERE subject = 'receipt/' || %s"
PAGES = ("/desk/cases/{case}", "/desk/eoffice/letters/{letter}", "/desk/receipts/{receipt}")


@dataclass
class Moved:
    """A municipality that moved, seen before and after.

    :ivar token: of a session that was opened before.
    :ivar pages: what pages showed before.
    :ivar receipt: the code on one that was printed before.
    :ivar paper: address of a paper that was issued before, and ``file`` what it gave.
    :ivar last: the last number of a case, and how many there are.
    :ivar contents: the content hashes that the commands told, by municipality.
    """

    there: Installation
    token: str
    ids: dict[str, str]
    pages: dict[str, str]
    receipt: str
    paper: str
    file: bytes
    last: tuple[int, int]
    contents: dict[str, list[str]] = field(default_factory=dict)


def one(at: Installation, query: str, *values: object) -> Any:
    with psycopg.connect(embedded.start(at.data)) as connection:
        return connection.execute(query, values).fetchone()


def visitor(at: Installation) -> httpx.Client:
    """Return a browser at แม่เหียะ."""
    return httpx.Client(
        base_url=f"http://127.0.0.1:{at.port}",
        headers={"Host": f"maehia.localhost:{at.port}"},
        follow_redirects=True,
        timeout=60,
    )


def send(browser: httpx.Client, page: str, path: str, data: dict[str, str], **more: Any) -> Any:
    """Fill in the form of a page."""
    token = re.findall(r'name="_csrf_token" value="([^"]+)"', browser.get(page).text)[0]
    return browser.post(path, data={"_csrf_token": token, **data}, **more)


def sign_in(browser: httpx.Client) -> str:
    """Sign the clerk in and return the token of the session."""
    who = {"who": "clerk@maehia.example", "password": PASSWORD}
    send(browser, "/sign-in", "/sign-in", who)
    send(browser, "/sign-in/code", "/sign-in/code", {"code": DEMO_CODE})
    return browser.cookies["session"]


def main_of(page: httpx.Response) -> str:
    """Return what a page says of its subject, whatever server shows it."""
    assert page.status_code == httpx.codes.OK, page.text
    words = re.sub(r"(?s)<script.*?</script>|<[^>]*>", " ", page.text.partition("<main")[2])
    return " ".join(words.split())


def look(here: Installation, there: Installation) -> Moved:
    ids = {name: str(one(here, query)[0]) for name, query in IDS.items()}
    with visitor(here) as browser:
        token = sign_in(browser)
        browser.get(f"/desk/receipts/{ids['receipt']}/copy.pdf")
        [paper] = one(here, PAPER)
        file = browser.get(paper).content
        pages = {path: main_of(browser.get(path.format(**ids))) for path in PAGES}
    assert file.startswith(b"%PDF")
    [receipt] = one(here, CODE, ids["receipt"])
    return Moved(there, token, ids, pages, receipt, paper, file, one(here, LAST))


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory, brought_up: Path) -> Iterator[Moved]:
    here, there = (Installation(tmp_path_factory.mktemp(name)) for name in ("here", "there"))
    passphrase = here.folder / "passphrase"
    passphrase.write_text("บันได แมว น้ำปลา รถไฟ\n", encoding="utf-8")
    try:
        serving = here.serve("--demo")
        found = look(here, there)
        files = {tenant: str(here.folder / f"{tenant}.tar") for tenant in TENANTS}
        for tenant, file in files.items():
            done = here.command("tenant", "export", tenant, file, "--passphrase", str(passphrase))
            assert done.stdout.endswith("pass\n"), done.stdout + done.stderr
            found.contents[tenant] = re.findall(r"^content (\w+)$", done.stdout, re.MULTILINE)
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(20) == 0
        there.begin_with(brought_up)
        for tenant, file in files.items():
            done = there.command("tenant", "import", file, "--passphrase", str(passphrase))
            assert done.stdout.endswith("pass\n"), done.stdout + done.stderr
            again = str(there.folder / f"{tenant}.tar")
            out = there.command("tenant", "export", tenant, again, "--passphrase", str(passphrase))
            for told in (done.stdout, out.stdout):
                found.contents[tenant] += re.findall(r"^content (\w+)$", told, re.MULTILINE)
        there.serve("--demo")
        yield found
    finally:
        here.close()
        there.close()


def test_all_three_have_the_same_content_before_after_and_in_an_export_from_there(
    moved: Moved,
) -> None:
    assert sorted(moved.contents) == list(TENANTS)
    for told in moved.contents.values():
        assert len(told) == 3
        assert len(set(told)) == 1
    verified = moved.there.command("audit", "verify").stdout
    assert verified.endswith("pass\n"), verified


def test_whoever_was_signed_in_still_is_and_pages_say_what_they_said(moved: Moved) -> None:
    with visitor(moved.there) as browser:
        browser.cookies.set("session", moved.token)
        for path, said in moved.pages.items():
            assert main_of(browser.get(path.format(**moved.ids))) == said


def test_people_sign_in_with_their_passwords(moved: Moved) -> None:
    with visitor(moved.there) as browser:
        sign_in(browser)
        assert browser.get(f"/desk/cases/{moved.ids['case']}").status_code == httpx.codes.OK


def test_papers_that_were_issued_before_verify(moved: Moved) -> None:
    with visitor(moved.there) as browser:
        assert GENUINE in browser.get(f"/v/{moved.receipt}").text
        assert browser.get(moved.paper).content == moved.file
        sent = {"file": ("paper.pdf", moved.file, "application/pdf")}
        assert SAME in send(browser, "/v", "/v", {}, files=sent).text
        altered = {"file": ("paper.pdf", moved.file + b"\n", "application/pdf")}
        assert SAME not in send(browser, "/v", "/v", {}, files=altered).text


def test_a_new_case_has_the_next_number(moved: Moved) -> None:
    last, count = moved.last
    body = {"applicant": PERSON, "answers": ASKED}
    key = {"Idempotency-Key": "after-the-move"}

    status = moved.there.post("/api/services/oss.general/cases", "maehia", body, key)

    assert status == httpx.codes.CREATED
    assert one(moved.there, LAST) == (last + 1, count + 1)
