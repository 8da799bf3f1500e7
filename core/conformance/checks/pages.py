"""Checks of pages as they are answered: in time, with few statements, on a slow database."""

import gzip
from collections.abc import AsyncIterator

import httpx

from core.conformance.check import Level, Shelf
from core.conformance.multiplying import multiplied
from core.conformance.trial import Trial
from core.conformance.watching import WATCH
from core.text import Text

SHELF = Shelf()

LONGEST = 1.5  # seconds of one page, the better of two
MOST_STATEMENTS = 40
MORE_STATEMENTS = 8  # of a page that lists more rows
SLOW = 0.02  # seconds by which every statement is kept back
LONGEST_SLOW = 4.0
HEAVIEST = 60_000  # bytes of a citizen's page, compressed


@SHELF.check(
    "pages.answered",
    Level.BRONZE,
    Text("ทุกหน้าตอบได้ ทั้งไทยและอังกฤษ", "Every page answers, in Thai and in English"),
    Text("แก้ข้อผิดพลาดของหน้าที่ระบุ", "Mend the error of the page that is named."),
)
async def answered(trial: Trial) -> AsyncIterator[str]:
    """No page ends in an error, for officers and for strangers."""
    for who in ("officer", "stranger"):
        for page in await trial.browsing.walk(trial.here, who=who):
            if page.status >= httpx.codes.INTERNAL_SERVER_ERROR:
                yield f"{page.told} answers {page.status}"
            elif page.is_page:
                other = await trial.browsing.look(
                    trial.here, page.path, who=page.who, language="en"
                )
                if other.status != page.status:
                    yield f"{page.told} answers {other.status} in English"


@SHELF.check(
    "pages.empty",
    Level.BRONZE,
    Text("ทุกหน้าตอบได้เมื่อยังไม่มีข้อมูล", "Every page answers where nothing is there yet"),
    Text("ให้หน้าแสดงว่ายังไม่มีรายการ", "Have the page say that there is nothing yet."),
)
async def empty(trial: Trial) -> AsyncIterator[str]:
    """No page ends in an error in a municipality without rows."""
    for page in await trial.browsing.walk(trial.there):
        if page.status >= httpx.codes.INTERNAL_SERVER_ERROR:
            yield f"{page.told} answers {page.status}"


@SHELF.check(
    "pages.closed",
    Level.BRONZE,
    Text("หน้าของเจ้าหน้าที่ไม่เปิดให้คนทั่วไป", "Pages of the desk are closed to strangers"),
    Text("เฝ้าหน้าที่ขึ้นต้นด้วย /desk ด้วย officer หรือ allow(…)", "Guard /desk by officer or allow(…)."),
)
async def closed(trial: Trial) -> AsyncIterator[str]:
    """Who has not signed in is led to sign in."""
    for path in trial.browsing.paths:
        if path.startswith("/desk"):
            page = await trial.browsing.look(trial.here, path, who="stranger")
            if page.status == httpx.codes.OK:
                yield f"{path} is open to everybody"


@SHELF.check(
    "pages.prompt",
    Level.GOLD,
    Text("แต่ละหน้าตอบภายใน 1.5 วินาที", "Each page answers within 1.5 s"),
    Text("อ่านเท่าที่แสดง ทำงานหนักในงานเบื้องหลัง", "Read what is shown; do heavy work by a job."),
)
async def prompt(trial: Trial) -> AsyncIterator[str]:
    """No page takes too long, twice in a row."""
    for page in await trial.browsing.walk(trial.here):
        if page.seconds > LONGEST:
            again = await trial.browsing.look(trial.here, page.path)
            if again.seconds > LONGEST:
                yield f"{page.told} took {again.seconds:.1f} s"


@SHELF.check(
    "pages.frugal",
    Level.GOLD,
    Text("แต่ละหน้าใช้คำสั่งฐานข้อมูลน้อย", "Each page needs few statements, however many rows"),
    Text("อ่านหลายแถวในคำสั่งเดียว", "Read many rows in one statement, not each in its own."),
)
async def frugal(trial: Trial) -> AsyncIterator[str]:
    """A page needs few statements, and no more where there are rows than where there are none."""
    for page in await trial.browsing.walk(trial.here):
        if page.statements > MOST_STATEMENTS:
            yield f"{page.told} needs {page.statements} statements"
    paths = trial.browsing.paths
    needed = {path: (await trial.browsing.look(trial.here, path)).statements for path in paths}
    async with multiplied(trial.url, trial.name, trial.here.tenant.id):
        for path in paths:
            page = await trial.browsing.look(trial.here, path)
            if page.is_page and page.statements > needed[path] + MORE_STATEMENTS:
                yield f"{page.told} needs {page.statements} statements with ten times the rows"


@SHELF.check(
    "pages.patient",
    Level.GOLD,
    Text("หน้าตอบได้เมื่อฐานข้อมูลช้า", "Pages answer when the database is slow"),
    Text("ลดจำนวนคำสั่งต่อหน้า", "Send fewer statements for one page."),
)
async def patient(trial: Trial) -> AsyncIterator[str]:
    """With every statement kept back pages and hooks are still in time."""
    WATCH.delay = SLOW
    try:
        for path in trial.browsing.paths:
            page = await trial.browsing.look(trial.here, path)
            if page.status >= httpx.codes.INTERNAL_SERVER_ERROR or page.seconds > LONGEST_SLOW:
                yield f"{page.told} answers {page.status} after {page.seconds:.1f} s"
        for hook in ("links_for_navigation", "cards_for_home"):
            for answer in await trial.here.host.ask(
                trial.here, hook, only=trial.name, area="public"
            ):
                if answer.problem is not None:
                    yield f"{hook}: {type(answer.problem).__name__}: {answer.problem}"
    finally:
        WATCH.delay = 0.0


@SHELF.check(
    "pages.light",
    Level.GOLD,
    Text("หน้าของประชาชนหนักไม่เกิน 60 KB", "Pages of citizens weigh at most 60 KB"),
    Text("แบ่งหน้า หรือแสดงเท่าที่จำเป็น", "Show less at once, or in several pages."),
)
async def light(trial: Trial) -> AsyncIterator[str]:
    """A stranger's page is small, compressed."""
    for page in await trial.browsing.walk(trial.here, who="stranger"):
        weight = len(gzip.compress(page.body, 5)) if page.is_page else 0
        if weight > HEAVIEST:
            yield f"{page.told} weighs {weight / 1000:.0f} KB"
