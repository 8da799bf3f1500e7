"""What came to nothing is filed once more with what was filled in, and nobody learns more by it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from core.api import Conflict, Context
from core.context import Actor
from kit.casework import file_case, get_offered, known_of_case
from kit.casework.applicant import Applicant
from kit.casework.service import again, citizens
from kit.casework.service.acting import take
from kit.casework.service.drafts import open_draft

Post = Callable[..., Awaitable[httpx.Response]]
ASKED = {
    "permit": "12/2569",
    "ground": "consent",
    "new_holder": "นางคำปัน ใจยา",
    "new_holder_id": "1101700230708",
    "new_phone": "+66898765432",
}
SOMCHAI = Applicant(name="นายสมชาย ใจดี", national_id="1234545678781", phone="+66812345678")


async def filed(ctx: Context, account: UUID | None = None) -> UUID:
    case = await file_case(
        ctx,
        service=await get_offered(ctx, "permits.transfer"),
        applicant=msgspec.structs.replace(SOMCHAI, account=account),
        answers=ASKED,
        key=str(uuid4()),
    )
    return case.id


async def test_who_filed_gets_all_filled_in_that_was_typed(ctx: Context) -> None:
    account = uuid4()
    here = replace(ctx, actor=Actor(kind="citizen", id=account, name=SOMCHAI.name))
    case = await filed(ctx, account)
    await citizens.cancel(here, case, revision=1)

    typed = (await open_draft(here, *await again.file_again(here, case))).content.typed
    assert typed["permit"] == ["12/2569"]
    assert typed["name"] == [SOMCHAI.name]
    assert typed["new_holder"] == ["นางคำปัน ใจยา"]
    assert "".join(typed["national_id"]).replace("-", "").replace(" ", "") == "1234545678781"


async def test_who_holds_the_code_alone_sees_nothing_of_a_person(ctx: Context) -> None:
    case = await filed(ctx)
    await citizens.cancel(ctx, case, revision=1)

    typed = (await open_draft(ctx, *await again.file_again(ctx, case))).content.typed
    assert typed["permit"] == ["12/2569"]
    assert not {"name", "phone", "national_id", "new_holder", "new_holder_id"} & set(typed)


async def test_what_is_under_way_is_not_begun_again(ctx: Context) -> None:
    case = await filed(ctx)
    with pytest.raises(Conflict):
        await again.file_again(ctx, case)


async def test_a_plugin_is_given_what_was_filed_without_the_national_id(ctx: Context) -> None:
    known = await known_of_case(ctx, await filed(ctx))
    assert known["permit"] == "12/2569"
    assert known["phone"] == SOMCHAI.phone
    assert "national_id" not in known


async def test_on_the_page_of_a_case_that_was_taken_back(
    ctx: Context, browser: httpx.AsyncClient, post: Post
) -> None:
    case = await filed(ctx)
    page = await browser.get(f"/t/{await _track(ctx, case)}")
    assert "ยื่นใหม่จากข้อมูลเดิม" not in page.text
    await citizens.cancel(ctx, case, revision=1)

    page = await browser.get(str(page.url))
    begun = await post(page, f"{page.url.path}/again")
    assert begun.status_code == 200
    assert begun.url.path.startswith("/apply/")


async def _track(ctx: Context, case: UUID) -> str:
    row = await take(ctx, case)
    found: str = row.case.track
    return found
