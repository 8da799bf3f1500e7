"""A permit that is forged or altered is unmasked by the page that checks papers; a revoked one too.

What the office issued stays open and can be checked when building permits are switched off.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from core.api import transaction
from core.context import Context
from core.runtime import Runtime
from core.tenants.service import switch_plugin
from kit.casework import read_request
from kit.documents import General, print_at_once, read_pdf, revoke
from kit.documents.files import LARGEST
from kit.documents.tables import IssuedPaper
from kit.thai import thai_digits
from tests.conftest import app_of
from tests.desks import signed_in
from tests.plugins.permits.conftest import a_pdf, a_picture
from tests.plugins.permits.granted import SOMCHAI, an_office, issued, the_case

GENUINE, NOT_ISSUED, REVOKED = "เอกสารจริง และยังใช้ได้", "ไม่ใช่ไฟล์ที่หน่วยงานออก", "ใช้ไม่ได้แล้ว"
VERY_FILE, NAME = "ไฟล์นี้คือไฟล์ที่หน่วยงานออก", SOMCHAI.name


class Permit(msgspec.Struct, frozen=True):
    """A permit that was issued, and its file as its holder has it."""

    case: UUID
    paper: UUID
    number: str
    code: str
    contents: dict[str, Any]
    pdf: bytes


@pytest.fixture
def office(ctx: Context) -> Context:
    return an_office(replace(ctx, now=datetime.now(UTC)))


@pytest.fixture
async def permit(office: Context) -> Permit:
    case = await issued(office)
    paper = (await read_request(office, case)).paper
    assert paper is not None
    pdf, _ = await read_pdf(office, paper, subject=f"case/{case}")
    async with transaction(office):
        [row] = (
            await IssuedPaper.select(IssuedPaper.number, IssuedPaper.code, IssuedPaper.contents)
            .where(IssuedPaper.of(office), IssuedPaper.id == paper)
            .output(load_json=True)
        )
    return Permit(case=case, paper=paper, pdf=pdf, **row)


@pytest.fixture
async def stranger(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """Anybody at a browser without scripts, who has opened the page that checks papers."""
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", timeout=60
    ) as client:
        page = await client.get("/v")
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        client.headers["X-CSRFToken"] = token
        yield client


async def show(stranger: httpx.AsyncClient, data: bytes, code: str = "") -> httpx.Response:
    """Let a browser send a file, as the form of the page does."""
    file = {"file": ("ใบอนุญาต.pdf", data, "application/pdf")}
    return await stranger.post("/v", data={"code": code} if code else {}, files=file)


async def forged(ctx: Context, permit: Permit, genuine: str, instead: str) -> bytes:
    """The permit as a forger with the same template prints it: one fact is another one."""
    text = msgspec.json.encode(permit.contents).decode()
    assert genuine in text
    contents = msgspec.json.decode(text.replace(genuine, instead), type=General)
    return await print_at_once(ctx, "permits/permit.typ", contents)


async def test_the_very_file_is_known_and_every_other_is_not_the_one_that_was_issued(
    stranger: httpx.AsyncClient, permit: Permit, office: Context
) -> None:
    """A byte, a number, another holder, something added: none of them passes."""
    genuine = await show(stranger, permit.pdf)
    assert genuine.status_code == 200
    assert GENUINE in genuine.text
    assert VERY_FILE in genuine.text
    assert thai_digits(permit.number) in genuine.text

    middle, number = len(permit.pdf) // 2, thai_digits(permit.number)
    files = {
        "a byte": permit.pdf[:middle] + bytes([permit.pdf[middle] ^ 1]) + permit.pdf[middle + 1 :],
        "a byte at the end": permit.pdf + b"\n",
        "a number": await forged(office, permit, number, f"๙{number}"),
        "another holder": await forged(office, permit, NAME, "นายปลอม แปลงใจ"),
        "cut off": permit.pdf[:-100],
        "another paper": a_pdf(),
    }
    for what, data in files.items():
        alone = await show(stranger, data)
        assert alone.status_code == 404, what
        assert NOT_ISSUED in alone.text, what
        assert GENUINE not in alone.text, what
        beside = await show(stranger, data, permit.code)
        assert beside.status_code == 200, what
        assert NOT_ISSUED in beside.text, what
        # What the genuine one says stands there, so that whoever compares sees the difference.
        assert NAME in beside.text, what
        assert thai_digits(permit.number) in beside.text, what


async def test_the_words_of_a_forged_print_differ_from_those_of_its_code(
    stranger: httpx.AsyncClient, permit: Permit
) -> None:
    page = await stranger.get(f"/v/{permit.code}")
    assert page.status_code == 200
    for word in (thai_digits(permit.number), NAME, "ใบเสร็จรับเงิน", "วิชัย สร้างบ้าน"):
        assert word in page.text
    assert "นายปลอม แปลงใจ" not in page.text
    made_up = await stranger.get("/v/2222-2222-2222")
    assert made_up.status_code == 404
    assert 'enctype="multipart/form-data"' in page.text


async def test_what_is_no_file_of_a_paper_is_refused_with_what_to_do(
    stranger: httpx.AsyncClient, ctx: Context
) -> None:
    async def refused(data: bytes, status: int = 422) -> str:
        answer = await show(stranger, data)
        assert answer.status_code == status
        return answer.text

    assert "รูปถ่ายหรือสแกนเทียบเป็นไฟล์ไม่ได้" in await refused(a_picture())
    assert "ว่างเปล่า" in await refused(b"")
    assert "รับได้ไม่เกิน 20" in await refused(b"%PDF-1.7\n" + bytes(LARGEST))
    await refused(b"%PDF-1.7\n" + bytes(LARGEST + 2_000_000), status=413)
    assert "เลือกไฟล์ PDF" in (await stranger.post("/v", data={"code": "x" * 9000})).text
    kept = list((ctx.settings.data / "files").glob("*/??/*"))
    assert kept == []


async def test_a_revoked_permit_says_so_at_once_by_its_code_and_by_its_file(
    stranger: httpx.AsyncClient, permit: Permit, office: Context
) -> None:
    await revoke(office, permit.paper, subject=f"case/{permit.case}", why="ก่อสร้างผิดจากแบบ")

    answers = [
        await stranger.get(f"/v/{permit.code}"),
        await show(stranger, permit.pdf),
        await show(stranger, permit.pdf + b" ", permit.code),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert GENUINE not in answer.text
        assert "เพิกถอน" in answer.text
    assert all(REVOKED in one.text for one in answers[:2])
    assert all("ก่อสร้างผิดจากแบบ" in one.text for one in answers[:2])


async def test_another_municipality_knows_nothing_of_it(
    stranger: httpx.AsyncClient, permit: Permit, other: Context
) -> None:
    stranger.headers["Host"] = f"{other.tenant.id}.localhost"
    assert (await stranger.get(f"/v/{permit.code}")).status_code == 404


async def test_with_permits_switched_off_what_was_issued_opens_and_can_be_checked(
    stranger: httpx.AsyncClient, permit: Permit, office: Context, runtime: Runtime, ctx: Context
) -> None:
    track, case = (await the_case(office, permit.case)).track, f"/desk/cases/{permit.case}"
    rights = ["casework.read", "casework.counter"]
    async with signed_in(runtime, ctx, rights, "/track") as officer:
        await switch_plugin(office, plugin="permits", on=False)
        runtime.directory.forget()
        assert (await stranger.get("/permits")).status_code == 404
        pages = [
            (await stranger.get(f"/t/{track}"), permit.number),
            (await stranger.get(f"/v/{permit.code}"), GENUINE),
            (await show(stranger, permit.pdf), VERY_FILE),
            (await officer.get(case), permit.number),
        ]
        for page, word in pages:
            assert page.status_code == 200
            assert word in page.text
        for client, way in ((stranger, f"/t/{track}"), (officer, case)):
            paper = await client.get(f"{way}/papers/{permit.paper}")
            assert paper.content == permit.pdf
