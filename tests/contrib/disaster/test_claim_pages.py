"""Claims at the desk, to the second round of payments; and cases that ask for aid."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from contrib.disaster.service import claims, following
from contrib.disaster.services.relief import CODE, RELIEF
from core.context import Context
from core.errors import InvalidInput
from kit.casework import Applicant, Status, check_service, file_case
from kit.thai import BANGKOK
from tests.contrib.disaster.claiming import said_by_bank
from tests.contrib.disaster.conftest import HOME, a_flood, an_officer, rows


def typed(day: date, house: int = 1) -> dict[str, str]:
    return {
        "claimant": f"นางแมะ {house}",
        "phone": "0812345678",
        "kind": "flood",
        "happened_on.day": str(day.day),
        "happened_on.month": str(day.month),
        "happened_on.year": str(day.year + 543),
        "scheme": "living",
        "house_code": f"{95010000000 + house}",
        "address": f"{house} ถนนริมน้ำ",
        "village": "ตลาดเก่า",
        "members": "4",
        "house": "part",
        "days": "9",
        "bank": "030",
        "account": f"020-1-{10000 + house}-9",
        "account_name": f"นางแมะ {house}",
    }


def today(ctx: Context) -> tuple[Context, date]:
    """Return an officer of the day on which the pages are served, and that day."""
    here = an_officer(replace(ctx, now=datetime.now(UTC)))
    return here, here.today


def photo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(written, "JPEG")
    return written.getvalue()


async def test_a_claim_goes_from_the_counter_to_the_second_round(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    office, day = today(ctx)
    event = await a_flood(office)
    short = await desk.post(f"{HOME}/claims/new", data=typed(day) | {"account": "12"})
    assert short.status_code == 422
    here = (await desk.post(f"{HOME}/claims/new", data=typed(day))).headers["location"]
    twice = await desk.post(f"{HOME}/claims/new", data=typed(day))
    assert twice.status_code == 409
    assert "ขอซ้ำไม่ได้" in twice.text
    assert "••••0019" in (await desk.get(here)).text
    found = {"house": "part", "days": "9", "revision": "1", "idempotency_key": str(uuid4())}
    files = {"photos": ("p.jpg", photo(), "image/jpeg")}
    assert 'value="9"' in (await desk.get(f"{here}/inspect")).text
    assert (await desk.post(f"{here}/inspect", data=found, files=files)).status_code == 303
    assert (await desk.post(f"{here}/inspect", data=found, files=files)).status_code == 303
    page = (await desk.get(here)).text
    assert "9,000.00" in page
    assert (await desk.get(f"{here}/photos/1")).headers["content-type"] == "image/jpeg"
    assert (await desk.post(f"{here}/certificate")).status_code == 303
    paper = (await desk.get(here)).text.split(f"{here}/certificates/")[1].split('"')[0]
    assert (await desk.get(f"{here}/certificates/{paper}")).content.startswith(b"%PDF")
    await resolved(desk, event, here)
    batch = await paid(desk, event, {1: "บัญชีปิด"})
    assert "บัญชีปิด" in (await desk.get(batch)).text
    assert "รอแก้บัญชี" in (await desk.get(f"{HOME}/claims?state=returned")).text
    [row] = await rows(ctx, "SELECT revision FROM disaster.claim")
    new = {"bank": "006", "account": "9876543210", "account_name": "นางแมะ สาและ"}
    mended = await desk.post(f"{here}/account", data=new | {"revision": str(row["revision"])})
    assert mended.status_code == 303
    again = await paid(desk, event)
    assert again != batch
    assert "จ่ายแล้ว" in (await desk.get(here)).text
    assert (await desk.post(f"{HOME}/batches", data={"event": str(event)})).status_code == 409


async def resolved(desk: httpx.AsyncClient, event: UUID, claim: str) -> None:
    path = f"{HOME}/resolutions/{event}"
    page = (await desk.get(path)).text
    id = claim.rsplit("/", 1)[1]
    assert f'value="{id}"' in page
    now = datetime.now(BANGKOK).date()
    day = {
        "resolved_on.day": str(now.day),
        "resolved_on.month": str(now.month),
        "resolved_on.year": str(now.year + 543),
    }
    known = {"committee": "local", "number": "3/2569", "claims": id}
    assert (await desk.post(path, data=known)).status_code == 422
    assert (await desk.post(path, data=known | day)).status_code == 303


async def paid(desk: httpx.AsyncClient, event: UUID, refused: dict[int, str] | None = None) -> str:
    batch = (await desk.post(f"{HOME}/batches", data={"event": str(event)})).headers["location"]
    file = (await desk.get(f"{batch}/bank.csv")).content
    wrong = {"file": ("r.csv", said_by_bank(file).replace(b"9000.00", b"1.00"), "text/csv")}
    assert "ไม่มีอะไรถูกบันทึก" in (await desk.post(batch, files=wrong)).text
    right = {"file": ("r.csv", said_by_bank(file, refused), "text/csv")}
    assert (await desk.post(batch, files=right)).status_code == 303
    return batch


async def test_a_claim_is_refused_with_its_reason(desk: httpx.AsyncClient, ctx: Context) -> None:
    office, day = today(ctx)
    await a_flood(office)
    here = (await desk.post(f"{HOME}/claims/new", data=typed(day))).headers["location"]
    refused = await desk.post(f"{here}/refuse", data={"why": "อยู่นอกเขต", "revision": "1"})
    assert refused.status_code == 303

    assert "อยู่นอกเขต" in (await desk.get(here)).text
    assert (await desk.post(f"{here}/certificate")).status_code == 409


def test_the_service_is_sound() -> None:
    assert list(check_service(RELIEF)) == []


def answers(day: date, house: int = 1) -> dict[str, object]:
    given: dict[str, object] = {
        name: value for name, value in typed(day, house).items() if "." not in name
    }
    del given["claimant"], given["phone"]
    return given | {"happened_on": day.isoformat(), "members": 4, "days": 9}


async def filed(ctx: Context, house: int = 1) -> UUID:
    who = Applicant(name="นางแมะ สาและ", phone="+66812345678", national_id="1101700230708")
    case = await file_case(
        ctx, service=RELIEF, applicant=who, answers=answers(ctx.today, house), key=str(uuid4())
    )
    return case.id


async def test_a_case_that_asks_for_aid_enters_its_claim_and_the_same_is_refused_at_filing(
    ctx: Context,
) -> None:
    await a_flood(an_officer(ctx))
    case = await filed(ctx)
    await following.follow_filed(ctx, case, CODE)
    await following.follow_filed(ctx, case, CODE)

    [row] = await rows(ctx, "SELECT id, case_id, state FROM disaster.claim")
    assert (row["case_id"], row["state"]) == (case, "filed")
    with pytest.raises(InvalidInput):
        await filed(ctx)
    [card] = await following.cards(ctx, case, CODE, "track")
    assert (card.href, card.body.th) == ("", "รอตรวจความเสียหาย")


async def test_of_two_cases_filed_at_once_the_second_has_no_claim_and_its_officer_is_told(
    ctx: Context,
) -> None:
    await a_flood(an_officer(ctx))
    first, second = await filed(ctx), await filed(ctx)
    await following.follow_filed(ctx, first, CODE)
    await following.follow_filed(ctx, second, CODE)

    assert len(await rows(ctx, "SELECT 1 FROM disaster.claim")) == 1
    [card] = await following.cards(an_officer(ctx), second, CODE, "desk")
    assert card.title.th == "ขอซ้ำ"


async def test_a_case_that_its_applicant_cancels_withdraws_its_claim_which_may_be_filed_again(
    ctx: Context,
) -> None:
    await a_flood(an_officer(ctx))
    case = await filed(ctx)
    await following.follow_filed(ctx, case, CODE)
    await following.follow_moved(ctx, case, CODE, Status.CANCELLED)
    [row] = await rows(ctx, "SELECT id, state FROM disaster.claim")
    assert row["state"] == "withdrawn"

    again = await filed(ctx)
    await following.follow_filed(ctx, again, CODE)
    claim = await claims.get_claim(ctx, row["id"])
    assert (claim["state"], claim["case_id"]) == ("filed", again)
