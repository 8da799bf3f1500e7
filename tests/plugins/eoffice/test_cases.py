from typing import Any
from uuid import uuid4

import pytest

from core.errors import InvalidInput, NotFound
from kit.casework import file_case, get_offered
from kit.casework.applicant import Applicant
from plugins.eoffice.service import cards, codes, drafts, receiving
from plugins.eoffice.service.access import get_letter
from tests.plugins.eoffice.conftest import TownHall, a_head, arrived, rows
from tests.plugins.eoffice.letters import put_forward, signs, typed

ASKED = {"subject": "ขอให้ประสานไฟถนน", "details": "ไฟถนนทางหลวงหน้าตลาดดับ"}


async def a_case(hall: TownHall) -> Any:
    service = await get_offered(hall.ctx, "oss.general")
    who = Applicant(name="นายคำปัน ใจยา", phone="+66812345678")
    return await file_case(
        hall.ctx, service=service, applicant=who, answers=ASKED, key=str(uuid4())
    )


async def test_a_case_raises_a_letter_and_gets_the_answer_back(hall: TownHall) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    case = (await a_case(hall)).id
    officer, registry = await hall.sits("officer"), await hall.sits("registry")
    letter = await drafts.begin(officer, "external", typed(), case=case)
    await put_forward(hall, letter)
    number = await signs(await hall.sits("mayor"), letter)

    answer = await arrived(registry)
    await receiving.register(registry, answer, a_head(answers=number.replace(" ", "")))

    mayor = await hall.sits("mayor")
    shown = await cards.cards_for(mayor, case, "desk", "")
    told = await rows(
        hall.ctx, "SELECT account FROM core.message WHERE template = 'eoffice.letter.answered'"
    )
    jobs = await rows(
        hall.ctx,
        "SELECT args::text FROM procrastinate_jobs WHERE args ->> 'hook' = 'on_letter_answered'",
    )
    row = await get_letter(mayor, answer)
    assert (row["answers"], row["case_id"]) == (letter, case)
    assert [one.title.en for one in shown] == ["A letter", "An answer", "Letters about this case"]
    assert {one["account"] for one in told} == {hall.accounts["officer"]}
    assert jobs == []  # nobody listens in this installation
    assert await cards.cards_for(mayor, case, "track", "T") == []


async def test_an_answer_names_a_letter_that_is_there(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    letter = await arrived(registry)

    with pytest.raises(InvalidInput) as wrong:
        await receiving.register(registry, letter, a_head(answers="ชม 52001/99"))
    with pytest.raises(NotFound):
        await drafts.begin(await hall.sits("officer"), "external", typed(), case=uuid4())

    assert "No signed letter of ours" in wrong.value.problems["answers"].en
