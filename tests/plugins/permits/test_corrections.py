"""Changes ordered before a permit: 30 days from the change, and the new drawings are bound.

Law: Building Control Act B.E. 2522, s. 27.
"""

import io
import json
import re
from datetime import timedelta
from typing import Any

from litestar.datastructures import UploadFile
from pypdf import PdfWriter

from core.api import Context, transaction
from kit.casework.service import citizens, correcting, handling
from kit.casework.service.returning import Defect
from kit.casework.tables import Attachment
from kit.documents.tables import IssuedPaper
from kit.thai import ascii_digits
from tests.plugins.permits.granted import after, an_office, checked, pay, the_case


def drawings(pages: int) -> UploadFile:
    writer, written = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(842, 595)
    writer.write(written)
    return UploadFile("application/pdf", "แบบแปลน.pdf", written.getvalue())


async def ordered(office: Context, case: Any, revision: int) -> None:
    await correcting.order_changes(
        office,
        case,
        defects=[Defect("แบบแปลนชั้น 1", "แสดงระยะร่นด้านทิศเหนือ")],
        fix_by=office.today + timedelta(days=30),
        revision=revision,
    )


async def mended(office: Context, case: Any, pages: int, revision: int) -> None:
    sent = drawings(pages)
    await citizens.mend(office, case, files={"drawings": [sent]}, words="", revision=revision)
    await sent.close()


async def test_after_a_change_it_is_decided_within_thirty_days_and_the_last_drawings_are_bound(
    ctx: Context,
) -> None:
    office = an_office(ctx)
    case = await checked(office)
    for days, pages, revision in ((10, 1, 3), (5, 2, 6)):
        await ordered(office, case, revision)
        assert (await the_case(office, case)).paused_on == office.today
        office = after(office, days=days)
        await mended(office, case, pages, revision + 1)
        kept = await the_case(office, case)
        assert kept.step == "pre-check"
        left = (kept.due_on - office.today).days
        assert 30 <= left <= 36
        await handling.forward(office, case, opinion="", revision=revision + 2)
    await handling.approve(office, case, opinion="", revision=9)
    await pay(office, case)

    async with transaction(office):
        paper = (
            await IssuedPaper.select(IssuedPaper.contents)
            .where(IssuedPaper.of(office), IssuedPaper.id == (await the_case(office, case)).paper)
            .first()
            .output(load_json=True)
        )
        files = (
            await Attachment.select(Attachment.digest)
            .where(Attachment.of(office), Attachment.case_id == case)
            .order_by(Attachment.id)
        )
    assert paper
    said = "".join(
        re.findall(
            "[0-9a-f]+", ascii_digits(json.dumps(paper["contents"]["rows"], ensure_ascii=False))
        )
    )
    bound = [one["digest"] in said for one in files]
    assert bound == [False, True]
