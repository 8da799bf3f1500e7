"""Changes that the law lets the office order before it decides: page, paper, clock, files."""

import io
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import httpx
import msgspec
import pytest
from PIL import Image

from core.api import Conflict, Context, transaction
from kit.casework import Correction, Outcome, Service, file_case, keep_file
from kit.casework.applicant import Applicant
from kit.casework.service import correcting, handling, returning, timing
from kit.casework.service.returning import Defect
from kit.casework.service.tasks import set_tasks
from kit.casework.tables import Attachment, Case, Task
from kit.documents.tables import IssuedPaper
from kit.thai import Days

SignIn = Callable[..., Awaitable[None]]
Post = Callable[..., Awaitable[Any]]
LAW = "พ.ร.บ.ทดลอง พ.ศ. 2569 มาตรา 27"
CHANGE = [Defect("แผนผัง", "แสดงระยะร่น")]


def photo(side: int) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((side, side), 80).convert("RGB").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def ordering(service: Service) -> Service:
    """The same service, whose law lets changes be ordered."""
    return msgspec.structs.replace(service, correction=Correction(LAW, Days(30)))


async def at_the_mayor(officer: Context, service: Service, key: str = "one") -> Any:
    """File a request with a deed and bring it to who decides."""
    deed = await keep_file(officer, "deed", "โฉนด.jpg", photo(90))
    filed = await file_case(
        officer,
        service=service,
        applicant=Applicant(name="นายสมชาย ใจดี", phone="+66812345678"),
        answers={"subject": "บ้าน"},
        key=key,
        attachments=[deed.id],
    )
    await handling.accept(officer, filed.id, revision=1)
    for revision in (2, 3):
        await handling.forward(officer, filed.id, opinion="", revision=revision)
    return filed


async def the_case(ctx: Context, id: Any) -> Any:
    async with transaction(ctx):
        return await Case.objects().where(Case.of(ctx), Case.id == id).first()


async def test_who_decides_orders_changes_and_the_citizen_sends_the_document_anew(
    browser: httpx.AsyncClient,
    sign_in: SignIn,
    post: Post,
    officer: Context,
    ordering: Service,
) -> None:
    filed = await at_the_mayor(officer, ordering)
    await sign_in("mayor")
    desk = await browser.get(f"/desk/cases/{filed.id}")
    form = {"revision": "4", "what": "โฉนดด้านหลัง - ถ่ายใหม่ให้ชัด"}
    day = {"fix_by.day": "15", "fix_by.month": "12", "fix_by.year": "2599"}

    empty = await post(desk, f"/desk/cases/{filed.id}/correct", **{**form, "what": " "}, **day)
    done = await post(desk, f"/desk/cases/{filed.id}/correct", **form, **day)

    assert empty.status_code == 422
    assert 'value="2599"' in empty.text
    assert '<option value="12" selected>ธันวาคม</option>' in empty.text
    assert done.status_code == 200
    page = await browser.get(f"/t/{filed.track}")
    assert "แก้ไขตามคำสั่ง" in page.text
    assert "ถ่ายใหม่ให้ชัด" in page.text
    assert 'name="deed"' in page.text
    assert "คำสั่งให้แก้ไข" in page.text

    token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
    sent = await browser.post(
        f"/t/{filed.track}/mend",
        data={"_csrf_token": token, "revision": "5"},
        files=[("deed", ("โฉนดใหม่.jpg", photo(120), "image/jpeg"))],
    )

    assert sent.status_code == 200
    async with transaction(officer):
        kept = (
            await Attachment.select(Attachment.name, Attachment.removed_at)
            .where(Attachment.of(officer), Attachment.case_id == filed.id)
            .order_by(Attachment.id)
        )
    assert [(one["name"], one["removed_at"] is None) for one in kept] == [
        ("โฉนด.jpg", False),
        ("โฉนดใหม่.jpg", True),
    ]
    assert "มีชุดแก้ไขแทนแล้ว" in sent.text
    case = await the_case(officer, filed.id)
    assert (case.status, case.step, case.waits_for) == ("site_inspection", "look", "inspector")


async def test_the_time_of_the_law_runs_from_the_change_and_no_letter_is_owed_meanwhile(
    officer: Context, ordering: Service
) -> None:
    filed = await at_the_mayor(officer, ordering)
    fix_by = officer.today + timedelta(days=20)
    await correcting.order_changes(officer, filed.id, defects=CHANGE, fix_by=fix_by, revision=4)
    later = replace(officer, now=officer.now + timedelta(days=60))
    await set_tasks(later)

    async with transaction(later):
        assert not await Task.exists().where(Task.of(later), Task.case_id == filed.id)
        [paper] = (
            await IssuedPaper.select(IssuedPaper.contents)
            .where(IssuedPaper.of(later), IssuedPaper.template == "documents/correction.typ")
            .output(load_json=True)
        )
    assert paper["contents"]["appeal"]["within"]
    with pytest.raises(Conflict):
        await returning.lapse(later, filed.id, reason="ไม่แก้ไข", revision=5)

    before = (await the_case(later, filed.id)).due_on
    await timing.resume(later, filed.id, revision=5)
    case = await the_case(later, filed.id)
    assert (case.step, case.paused_on, case.fix_by) == ("look", None, None)
    assert before + timedelta(days=60) <= case.due_on <= before + timedelta(days=70)


async def test_changes_are_ordered_only_where_the_law_knows_them_and_it_could_be_refused(
    officer: Context, service: Service, ordering: Service
) -> None:
    granting = msgspec.structs.replace(ordering.steps[-1], ends=(Outcome.APPROVED,))
    only_granted = msgspec.structs.replace(ordering, steps=(*ordering.steps[:-1], granting))
    for key, one in (("no law", service), ("never refused", only_granted)):
        filed = await at_the_mayor(officer, one, key)
        with pytest.raises(Conflict):
            await correcting.order_changes(
                officer, filed.id, defects=CHANGE, fix_by=date(2099, 1, 1), revision=4
            )
