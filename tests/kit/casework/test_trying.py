from io import BytesIO
from typing import Any

import pytest
from msgspec import structs
from pypdf import PdfReader

from core.context import Context
from core.db import transaction
from core.text import Text
from kit.casework import Service, count_open, file_case, sample_paper
from kit.casework.applicant import Applicant
from kit.casework.tables import Case

ANSWERS = {
    "name": "นายสมชาย ใจดี",
    "national_id": "1234545678781",
    "phone": "+66812345678",
    "subject": "ทดลองดู",
    "witness": "1101700230708",
}


def words(pdf: bytes) -> str:
    return "".join("".join(one.extract_text() for one in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("paper", [None, "general", "certificate"])
async def test_a_sample_shows_the_answers_and_says_what_it_is(
    officer: Context, service: Service, paper: str | None
) -> None:
    certifies = Text("อยู่ในเขตจริง", "lives here")
    shown = words(
        await sample_paper(
            officer, structs.replace(service, paper=paper, certifies=certifies), ANSWERS
        )
    )

    assert "(ตัวอย่าง)" in shown
    assert "นายสมชายใจดี" in shown
    assert officer.actor.name.split()[0] not in shown
    assert "ลงลายมือชื่ออิเล็กทรอนิกส์" not in shown
    assert ("ทดลองดู" in shown) == (paper is not None)
    assert "1101700230708" not in shown.replace("-", "")


async def test_a_sample_of_no_answers_is_a_paper_too(officer: Context, service: Service) -> None:
    assert "(ตัวอย่าง)" in words(await sample_paper(officer, service, {}))


async def test_a_sample_leaves_nothing_behind(officer: Context, service: Service) -> None:
    await sample_paper(officer, structs.replace(service, paper="general"), ANSWERS)

    async with transaction(officer) as connection:
        kept: list[Any] = [
            await connection.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608
            for table in ('casework."case"', "documents.paper", "core.counter")
        ]
    assert kept == [0, 0, 0]


async def test_open_cases_are_counted_by_service(officer: Context, service: Service) -> None:
    other = structs.replace(service, code="oss.other")
    for key, one in (("a", service), ("b", service), ("c", other)):
        await file_case(officer, service=one, applicant=Applicant(), answers={}, key=key)
    async with transaction(officer):
        await Case.update({Case.closed_at: officer.now}).where(Case.of(officer), Case.key == "b")

    assert await count_open(officer, ["oss.try", "oss.other", "oss.none"]) == {
        "oss.try": 1,
        "oss.other": 1,
        "oss.none": 0,
    }
    assert await count_open(officer, []) == {}
