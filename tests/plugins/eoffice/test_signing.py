import asyncio
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from pypdf import PdfReader

from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed
from kit.documents import check_pdf_async, inspect_async, verify
from plugins.eoffice.service import (
    certificates,
    codes,
    correspondents,
    dispatches,
    drafts,
    enclosing,
    registers,
    signing,
    tasks,
)
from plugins.eoffice.service.access import get_letter
from plugins.eoffice.service.endorsements import Written
from plugins.eoffice.service.endorsing import endorse
from plugins.eoffice.service.files import files_of, read_file
from plugins.eoffice.service.searching import read_files, search
from plugins.eoffice.service.signing import Signing
from tests.kit.documents.authorities import PASSPHRASE, Authority, pdfsig
from tests.plugins.eoffice.conftest import TownHall, a_pdf, at, rows
from tests.plugins.eoffice.letters import drafted, put_forward, signed, signs, typed

AUTHORITY = Authority()
KEY = rsa.generate_private_key(65537, 2048)


async def text_of(ctx: Context, letter: UUID) -> str:
    [file] = [one for one in await files_of(ctx, letter) if one["role"] == "signed"]
    data, _, _ = await read_file(ctx, letter, file["id"])
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


async def test_a_letter_gets_its_number_when_it_is_signed_and_not_before(hall: TownHall) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    letter = await drafted(hall)
    await put_forward(hall, letter)
    assert (await get_letter(hall.ctx, letter))["number"] == ""

    number = await signs(await hall.sits("mayor"), letter)

    row = await get_letter(hall.ctx, letter)
    [entry] = await registers.entries_of(hall.ctx, letter)
    said = await text_of(hall.ctx, letter)
    assert number == row["number"] == "ชม 52001/1"
    assert (row["state"], row["dated_on"]) == ("signed", hall.ctx.today)
    assert (entry["register"], entry["number"], entry["state"]) == ("send", 1, "used")
    assert "๕๒๐๐๑/๑" in said
    assert "๒๐พฤศจิกายน๒๕๖๙" in said
    assert "ธนวัฒน์ยอดเมือง" in said


async def test_what_was_signed_is_verified_by_its_code_and_found_by_its_words(
    hall: TownHall,
) -> None:
    letter = await signed(hall)

    [row] = await rows(
        hall.ctx, "SELECT code FROM documents.paper WHERE subject = $1", f"letter/{letter}"
    )
    verdict = await verify(hall.ctx, row["code"])
    await read_files(hall.ctx, str(letter))
    found = await search(await hall.sits("mayor"), "เครื่องสูบน้ำ จำนวน")

    assert verdict.state == "valid"
    assert ("เลขที่", "ชม ๕๒๐๐๑/๑") in verdict.lines
    assert [one["id"] for one in found] == [letter]


async def test_orders_have_a_series_of_their_own_and_rules_no_number(hall: TownHall) -> None:
    order = await signed(hall, "order")
    rule = await signed(hall, "rule", fields={"about": "การใช้ห้องประชุม", "year": "2569"})

    assert (await get_letter(hall.ctx, order))["number"] == "1/2569"
    assert (await get_letter(hall.ctx, rule))["number"] == ""
    assert await registers.entries_of(hall.ctx, rule) == []


async def test_who_signs_in_another_place_stands_under_it_with_that_post(hall: TownHall) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    await hall.let_act("deputy_clerk", "mayor", "นายกเทศมนตรีเมืองแม่เหียะ")
    letter = await drafted(hall)
    await put_forward(hall, letter)

    await signs(await hall.sits("deputy_clerk"), letter)

    said = await text_of(hall.ctx, letter)
    assert "วิไลแก้วใส" in said
    assert "รักษาราชการแทน" in said


async def test_of_two_who_sign_at_once_one_does_and_no_number_is_lost(hall: TownHall) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    await hall.let_act("deputy_clerk", "mayor", "นายกเทศมนตรี")
    letter = await drafted(hall)
    await put_forward(hall, letter)
    both = [await hall.sits(who) for who in ("mayor", "deputy_clerk")]

    done = await asyncio.gather(*(signs(who, letter) for who in both), return_exceptions=True)

    assert sorted(type(one).__name__ for one in done) == ["Conflict", "str"]
    entries = await registers.page_of(hall.ctx, "send", 2569)
    assert [(one["number"], one["state"]) for one in entries] == [(1, "used")]


async def test_who_was_cut_off_while_signing_signs_under_the_number_that_was_taken(
    hall: TownHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    letter = await drafted(hall)
    await put_forward(hall, letter)
    mayor = await hall.sits("mayor")

    with monkeypatch.context() as cut:
        cut.setattr(signing, "print_at_once", None)
        with pytest.raises(TypeError):
            await signs(mayor, letter)
    [reserved] = await registers.page_of(hall.ctx, "send", 2569)
    number = await signs(mayor, letter)

    assert reserved["state"] == "reserved"
    assert number == "ชม 52001/1"
    assert len(await registers.page_of(hall.ctx, "send", 2569)) == 1


async def test_a_draft_that_changed_after_it_was_looked_at_is_not_signed(hall: TownHall) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    letter = await drafted(hall)
    await put_forward(hall, letter)
    mayor = await hall.sits("mayor")
    [task] = await tasks.inbox(mayor)
    seen = (await get_letter(mayor, letter))["revision"]
    await drafts.change(mayor, letter, typed(fields={"subject": "อื่น"}), revision=seen)

    with pytest.raises(Conflict, match="changed after you opened it"):
        await signing.sign(mayor, letter, task["id"], Signing(revision=seen))


async def test_an_order_that_ended_signs_nothing_more_and_what_was_signed_stays(
    hall: TownHall,
) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    await hall.let_act("deputy_clerk", "mayor", "นายกเทศมนตรี", until=hall.ctx.today)
    first, second = await drafted(hall), await drafted(hall)
    for letter in (first, second):
        await put_forward(hall, letter)
    deputy = await hall.sits("deputy_clerk")
    await signs(deputy, first)
    [task] = [one for one in await tasks.inbox(deputy) if one["letter_id"] == second]
    revision = (await get_letter(deputy, second))["revision"]

    late = at(deputy, "2026-11-21 00:00")
    with pytest.raises(NotAllowed, match="neither hold this post"):
        await signing.sign(late, second, task["id"], Signing(revision=revision))

    assert (await get_letter(hall.ctx, first))["state"] == "signed"
    assert len(await registers.page_of(hall.ctx, "send", 2569)) == 1


async def test_a_letter_takes_a_number_that_was_reserved_for_it(hall: TownHall) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    [first, _] = await registers.reserve(await hall.sits("registry"), "send", 2, "ลงนามบ่ายนี้")
    letter = await drafted(hall)
    await put_forward(hall, letter)

    number = await signs(await hall.sits("mayor"), letter, reserved=first)

    assert number == "ชม 52001/1"
    states = [one["state"] for one in await registers.page_of(hall.ctx, "send", 2569)]
    assert states == ["reserved", "used"]


async def test_a_draft_goes_through_who_looks_at_it_and_comes_back_for_changes(
    hall: TownHall,
) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    letter = await drafted(hall)
    await put_forward(hall, letter, "director-works")
    director = await hall.sits("director")
    [task] = await tasks.inbox(director)

    back = Written(action="return", text="เพิ่มจำนวนเครื่อง")
    await endorse(director, letter, task["id"], back)
    officer = await hall.sits("officer")
    row = await get_letter(officer, letter)
    [mine] = await tasks.inbox(officer)
    more = typed(fields={"body": "ขอส่งเครื่องสูบน้ำ 3 เครื่อง"})
    await drafts.change(officer, letter, more, revision=row["revision"])
    onward = Written(action="check", to=("director-works",))
    await endorse(officer, letter, mine["id"], onward)
    [again] = await tasks.inbox(director)
    await endorse(director, letter, again["id"], Written(action="check", to=("mayor",)))

    assert (await tasks.inbox(await hall.sits("mayor")))[0]["asked"] == "sign"
    revision = (await get_letter(officer, letter))["revision"]
    with pytest.raises(NotAllowed, match="Only the drafter"):
        await drafts.change(officer, letter, more, revision=revision)


async def test_clauses_that_skip_a_number_are_told_before_anybody_signs(hall: TownHall) -> None:
    with pytest.raises(InvalidInput) as wrong:
        await drafted(hall, "order", fields={"body": "ข้อ 1 ให้ใช้\n\nข้อ 3 ให้ยกเลิก"})

    assert "skips a number" in wrong.value.problems["body"].en


async def test_without_a_letter_code_nothing_is_signed_and_no_number_is_used(
    hall: TownHall,
) -> None:
    letter = await drafted(hall)
    await put_forward(hall, letter)

    with pytest.raises(InvalidInput) as missing:
        await signs(await hall.sits("mayor"), letter)

    assert "letter code" in missing.value.problems["code"].en
    states = [one["state"] for one in await registers.page_of(hall.ctx, "send", 2569)]
    assert "used" not in states


async def test_a_letter_signed_by_certificate_is_valid_to_other_readers_until_a_byte_changes(
    hall: TownHall, tmp_path: Path
) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    mayor = await hall.sits("mayor")
    file = AUTHORITY.file("ธนวัฒน์ ยอดเมือง", KEY)
    await certificates.keep(mayor, file, PASSPHRASE)
    letter = await drafted(hall)
    await put_forward(hall, letter)

    with pytest.raises(InvalidInput) as wrong:
        await signs(mayor, letter, passphrase="อื่น")  # noqa: S106
    await signs(mayor, letter, passphrase=PASSPHRASE)

    [kept] = [one for one in await files_of(hall.ctx, letter) if one["role"] == "signed"]
    raw, _, _ = await read_file(hall.ctx, letter, kept["id"])
    [found] = await check_pdf_async(hall.ctx, raw)
    half = len(raw) // 2
    changed = raw[:half] + bytes([raw[half] ^ 1]) + raw[half + 1 :]
    assert "passphrase" in wrong.value.problems
    assert (found.state, found.name) == ("intact", "ธนวัฒน์ ยอดเมือง")
    assert pdfsig(tmp_path / "signed.pdf", raw) == ["Signature is Valid."]
    assert pdfsig(tmp_path / "changed.pdf", changed) != ["Signature is Valid."]
    [broken] = await check_pdf_async(hall.ctx, changed)
    assert broken.state == "altered"
    [row] = await rows(
        hall.ctx, "SELECT digest FROM documents.paper WHERE subject = $1", f"letter/{letter}"
    )
    assert row["digest"] == kept["digest"]


async def test_a_division_with_a_code_of_its_own_counts_in_its_own_register(
    hall: TownHall,
) -> None:
    await codes.set_code(hall.ctx, "works", "ชม 52001.3")

    letter = await signed(hall)

    [entry] = await registers.entries_of(hall.ctx, letter)
    assert (await get_letter(hall.ctx, letter))["number"] == "ชม 52001.3/1"
    assert entry["register"] == "send.works"


async def test_what_is_enclosed_goes_with_the_letter_and_is_fixed_by_the_signature(
    hall: TownHall, other: Context
) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    entry = correspondents.Entry(name="เทศบาลนครยะลา", channel="neighbour", neighbour="yala")
    agency = await correspondents.keep(hall.ctx, entry)
    letter = await drafted(hall, to=(str(agency),))
    officer = await hall.sits("officer")
    files = [await inspect_async(a_pdf(), name) for name in ("แผนที่.pdf", "ผิด.pdf")]
    await enclosing.enclose(officer, letter, files)
    wrong = (await files_of(officer, letter))[1]
    await enclosing.drop(officer, letter, wrong["id"])
    await put_forward(hall, letter)

    await signs(await hall.sits("mayor"), letter)

    [sent] = await dispatches.dispatches_of(hall.ctx, letter)
    assert [one["name"] for one in sent["content"]["attachments"]] == ["แผนที่.pdf"]
    with pytest.raises(Conflict, match="signed and stays"):
        await enclosing.enclose(officer, letter, files)


async def test_a_document_that_came_as_a_file_gets_its_number_on_the_first_page(
    hall: TownHall,
) -> None:
    await codes.set_code(hall.ctx, "", "ชม 52001")
    officer = await hall.sits("officer")
    file = await inspect_async(a_pdf(), "หนังสือ.pdf")
    letter = await drafts.begin(officer, "external", typed(fields={"body": ""}), file=file)
    await put_forward(hall, letter)
    await signs(await hall.sits("mayor"), letter)

    said = await text_of(hall.ctx, letter)
    files = {one["role"]: one for one in await files_of(hall.ctx, letter)}
    raw, _, _ = await read_file(hall.ctx, letter, files["main"]["id"])
    assert "ชม๕๒๐๐๑/๑" in said
    assert "ธนวัฒน์ยอดเมือง" in said
    assert raw == file.data
