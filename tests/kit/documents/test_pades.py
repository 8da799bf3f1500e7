import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec
from pypdf import PdfReader

from kit.documents.contents import Paper
from kit.documents.pades import NoTimeStamp, sign_pdf
from kit.documents.pdfs import count_pages
from kit.documents.refusals import BROKEN_PDF, CLOSED_PDF, LOCKED_PDF, FileRefused
from kit.documents.rendering import Press
from kit.documents.signatures import check_pdf
from tests.kit.documents.authorities import Authority, Stamps, pdfsig, stamping
from tests.kit.documents.strangers import (
    as_written_by_word,
    plain,
    signed_as,
    with_compressed_objects,
)

AT = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)
VALID = "Signature is Valid."
AUTHORITY = Authority()
ROOTS = [AUTHORITY.root]
MAYOR = AUTHORITY.signing_key("นายธนวัฒน์ ยอดใจ")
CLERK = AUTHORITY.signing_key("นางอรทัย มณีวงศ์", ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture(scope="module")
def decision(press: Press, papers: dict[str, Paper]) -> bytes:
    return press.render("documents/decision.typ", papers["decision"])


@pytest.fixture(scope="module")
def signed(decision: bytes) -> bytes:
    return sign_pdf(decision, MAYOR, AT, "ลงนามในหนังสือ", "เทศบาลเมืองแม่เหียะ")


@pytest.fixture
def stamps() -> Iterator[Stamps]:
    with stamping(AUTHORITY, AT + timedelta(seconds=3)) as told:
        yield told


def metadata_of(reader: PdfReader) -> bytes:
    told: Any = reader.root_object["/Metadata"]
    data: bytes = told.get_data()
    return data


def test_a_letter_that_was_signed_is_valid_to_two_readers(signed: bytes, tmp_path: Path) -> None:
    [found] = check_pdf(signed, ROOTS, AT)

    assert found.good
    assert (found.state, found.later, found.standing) == ("intact", "nothing", "known")
    assert (found.name, found.organization) == (MAYOR.name, "เทศบาลเมืองแม่เหียะ")
    assert found.issuer == "ผู้ออกใบรับรองทดสอบ"
    assert (found.claimed_at, found.stamped_at) == (AT, None)
    assert pdfsig(tmp_path / "signed.pdf", signed) == [VALID]


def test_it_is_a_pades_signature_without_a_second_time_inside(signed: bytes) -> None:
    [one] = PdfFileReader(BytesIO(signed)).embedded_signatures
    signs = {each["type"].native for each in one.signer_info["signed_attrs"]}

    assert one.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert one.sig_object["/Reason"] == "ลงนามในหนังสือ"
    assert one.sig_object["/Location"] == "เทศบาลเมืองแม่เหียะ"
    assert "signing_certificate_v2" in signs
    assert "signing_time" not in signs


def test_signing_adds_to_the_letter_and_changes_nothing_of_it(
    decision: bytes, signed: bytes, text_of: Callable[[bytes], str]
) -> None:
    before, after = PdfReader(BytesIO(decision)), PdfReader(BytesIO(signed))

    assert signed.startswith(decision)
    assert text_of(signed) == text_of(decision)
    assert after.metadata == before.metadata
    assert metadata_of(after) == metadata_of(before) != b""
    assert "/Version" not in after.root_object
    assert count_pages(signed) == count_pages(decision)


def test_the_field_is_printed_by_nobody_and_lies_outside_the_page(signed: bytes) -> None:
    page: Any = PdfReader(BytesIO(signed)).pages[0]
    [field] = [one.get_object() for one in page["/Annots"]]

    assert field["/F"] & 2 == 0  # hidden: PDF/A forbids it
    assert field["/F"] & 4  # printed, which PDF/A asks for
    assert max(field["/Rect"]) < 0
    assert page["/Tabs"] == "/S"


def test_a_second_signature_leaves_the_first_valid(signed: bytes, tmp_path: Path) -> None:
    both = sign_pdf(signed, CLERK, AT + timedelta(minutes=5))

    first, second = check_pdf(both, ROOTS, AT + timedelta(hours=1))
    assert both.startswith(signed)
    assert (first.name, first.later, first.good) == (MAYOR.name, "signatures", True)
    assert (second.name, second.later, second.good) == (CLERK.name, "nothing", True)
    assert pdfsig(tmp_path / "both.pdf", both) == [VALID, VALID]
    assert "/Version" not in PdfReader(BytesIO(both)).root_object


@given(data=st.data(), change=st.integers(1, 255))
def test_one_changed_byte_of_what_was_signed_fails_to_two_readers(
    signed: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, change: int
) -> None:
    begins, length, resumes, rest = PdfFileReader(BytesIO(signed)).embedded_signatures[0].byte_range
    places = st.integers(begins, length - 1) | st.integers(resumes, resumes + rest - 1)
    altered = bytearray(signed)
    altered[data.draw(places)] ^= change
    try:
        found = check_pdf(bytes(altered), ROOTS, AT)
    except FileRefused:
        found = ()

    assert [one for one in found if one.state == "intact"] == []
    assert VALID not in pdfsig(tmp_path_factory.getbasetemp() / "altered.pdf", bytes(altered))


@pytest.mark.parametrize(
    "raw",
    [plain(), as_written_by_word(plain()), with_compressed_objects(plain())],
    ids=["as it comes", "as Word writes", "with compressed objects"],
)
def test_files_of_other_programs_are_signed_twice(raw: bytes, tmp_path: Path) -> None:
    once = sign_pdf(raw, CLERK, AT)
    twice = sign_pdf(once, MAYOR, AT)

    assert [one.good for one in check_pdf(twice, ROOTS, AT)] == [True, True]
    assert pdfsig(tmp_path / "twice.pdf", twice) == [VALID, VALID]


def test_a_time_stamp_says_when_and_the_authority_is_asked_once(
    decision: bytes, stamps: Stamps, tmp_path: Path
) -> None:
    signed = sign_pdf(decision, MAYOR, AT, stamps=stamps.url)

    [found] = check_pdf(signed, ROOTS, AT + timedelta(hours=1))
    assert found.good
    assert (found.claimed_at, found.stamped_at) == (AT, AT + timedelta(seconds=3))
    assert found.stamp_known
    assert len(stamps.asked) == 1
    assert pdfsig(tmp_path / "stamped.pdf", signed) == [VALID]


@pytest.mark.parametrize("answer", ["of another", "nonsense", "failing"])
def test_without_a_right_answer_of_the_authority_nothing_is_signed(
    decision: bytes, stamps: Stamps, answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    stamps.answer = answer  # type: ignore[assignment]

    with pytest.raises(NoTimeStamp) as none:
        sign_pdf(decision, MAYOR, AT, stamps=stamps.url)
    assert "ยังไม่ได้ลงลายมือชื่อ" in none.value.sentence.th


def test_without_any_answer_nothing_is_signed(decision: bytes) -> None:
    with pytest.raises(NoTimeStamp):
        sign_pdf(decision, MAYOR, AT, stamps="http://127.0.0.1:9/tsa")


def test_a_file_that_its_first_signer_closed_is_not_signed_again() -> None:
    certified = signed_as(plain(), MAYOR, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    everything = FieldMDPSpec(FieldMDPAction.ALL)
    locked = signed_as(plain(), MAYOR, SigFieldSpec("A", field_mdp_spec=everything))
    for raw in (certified, locked):
        with pytest.raises(FileRefused) as refused:
            sign_pdf(raw, CLERK, AT)
        assert refused.value.sentence == CLOSED_PDF


def test_a_file_whose_first_signer_left_it_open_to_signatures_is_signed_again() -> None:
    certified = signed_as(plain(), MAYOR, certify=True)

    both = check_pdf(sign_pdf(certified, CLERK, AT), ROOTS, AT)
    assert [one.good for one in both] == [True, True]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (plain(password="secret"), LOCKED_PDF),  # noqa: S106 - of a file of this test
        (b"", BROKEN_PDF),
        (b"%PDF-1.7\nhello", BROKEN_PDF),
        (plain()[:200], BROKEN_PDF),
    ],
)
def test_what_cannot_be_signed_is_refused_with_why(raw: bytes, sentence: object) -> None:
    with pytest.raises(FileRefused) as refused:
        sign_pdf(raw, MAYOR, AT)
    assert refused.value.sentence == sentence
