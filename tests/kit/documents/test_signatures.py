import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from anyio import BrokenWorkerProcess
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import HTTPTimeStamper
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject

from core.context import Context
from kit.documents import bounded
from kit.documents.pades import sign_pdf, sign_pdf_async
from kit.documents.refusals import UNSEEN_SIGNATURES, FileRefused
from kit.documents.signatures import SignatureFound, check_pdf, check_pdf_async
from tests.kit.documents.authorities import Authority, Stamps, stamping
from tests.kit.documents.strangers import AT, plain, signed_as, with_form

AUTHORITY = Authority()
ROOTS = [AUTHORITY.root]
MAYOR = AUTHORITY.signing_key("นายธนวัฒน์ ยอดใจ")
# It expires a month after it signs.
LATER = AT + timedelta(days=365)
BRIEF = AUTHORITY.signing_key("นายธนวัฒน์ ยอดใจ", ends=AT + timedelta(days=30))


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


@pytest.fixture
def stamps() -> Iterator[Stamps]:
    with stamping(AUTHORITY, AT) as told:
        yield told


def the_one(raw: bytes, roots: list[bytes] = ROOTS, at: datetime = AT) -> SignatureFound:
    [found] = check_pdf(raw, roots, at)
    return found


def changed(raw: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(raw))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def fill_in(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field["/V"] = generic.pdf_string("กรอกภายหลัง")
    writer.update_container(field)


def draw_over(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    drawn = generic.StreamObject(stream_data=b"1 0 0 rg 0 0 100 100 re f")
    page["/Contents"] = writer.add_object(drawn)
    writer.update_container(page)


def test_a_file_without_signatures_has_none() -> None:
    assert check_pdf(plain(), ROOTS, AT) == ()
    assert check_pdf(with_form(), ROOTS, AT) == ()


def test_what_was_drawn_over_after_the_signing_is_told() -> None:
    found = the_one(changed(sign_pdf(plain(), MAYOR, AT), draw_over))

    assert (found.state, found.later) == ("intact", "changes")
    assert not found.good


def test_a_form_that_was_filled_in_after_the_signing_is_told() -> None:
    found = the_one(changed(sign_pdf(with_form(), MAYOR, AT), fill_in))

    assert (found.state, found.later) == ("intact", "form")
    assert found.good


@pytest.mark.parametrize(
    "limits",
    [
        {"certify": True, "docmdp_permissions": MDPPerm.NO_CHANGES},
        {"field": SigFieldSpec("A", field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL))},
    ],
)
def test_a_form_that_its_signer_closed_may_not_be_filled_in(limits: dict[str, object]) -> None:
    found = the_one(changed(signed_as(with_form(), MAYOR, **limits), fill_in))  # type: ignore[arg-type]

    assert (found.state, found.later, found.good) == ("intact", "changes", False)


def test_without_its_authority_a_name_is_unknown_and_so_is_a_forged_authority() -> None:
    forger = Authority()  # of the very same name
    forged = sign_pdf(plain(), forger.signing_key(MAYOR.name), AT)

    assert the_one(sign_pdf(plain(), MAYOR, AT), []).standing == "unknown"
    assert (the_one(forged).name, the_one(forged).standing) == (MAYOR.name, "unknown")
    assert the_one(forged).state == "intact"
    assert not the_one(forged).good


def test_a_forged_certificate_that_has_expired_is_unknown_too() -> None:
    brief = Authority().signing_key(MAYOR.name, ends=AT + timedelta(days=30))

    assert the_one(sign_pdf(plain(), brief, AT), at=LATER).standing == "unknown"


def test_an_authority_below_a_known_one_is_known() -> None:
    below = Authority("ผู้ออกใบรับรองลำดับ 2", AUTHORITY)

    found = the_one(sign_pdf(plain(), below.signing_key("นางอรทัย มณีวงศ์"), AT))
    assert (found.issuer, found.standing) == ("ผู้ออกใบรับรองลำดับ 2", "known")


def test_a_certificate_for_something_else_does_not_count() -> None:
    sealed = AUTHORITY.signing_key("เครื่องแม่ข่าย", usage=("key_encipherment",))

    assert the_one(sign_pdf(plain(), sealed, AT)).standing == "unknown"


def test_after_its_certificate_has_expired_a_signature_counts_if_its_time_was_stamped(
    stamps: Stamps,
) -> None:
    alone = sign_pdf(plain(), BRIEF, AT)
    stamped = sign_pdf(plain(), BRIEF, AT, stamps=stamps.url)

    assert the_one(alone).good
    assert (the_one(alone, at=LATER).standing, the_one(alone, at=LATER).good) == ("expired", False)
    assert the_one(stamped, at=LATER).good


def test_a_time_stamp_of_an_unknown_authority_vouches_for_nothing() -> None:
    with stamping(Authority("ผู้ประทับเวลาอื่น"), AT) as unknown:
        raw = sign_pdf(plain(), BRIEF, AT, stamps=unknown.url)

    found = the_one(raw, at=LATER)
    assert (found.stamped_at, found.stamp_known, found.standing) == (AT, False, "expired")


def test_a_time_stamp_over_the_whole_file_is_told_as_such(stamps: Stamps) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(sign_pdf(plain(), MAYOR, AT)))
    out = PdfTimeStamper(HTTPTimeStamper(stamps.url)).timestamp_pdf(writer, "sha256")

    signature, stamp = check_pdf(out.getvalue(), ROOTS, AT)
    assert (signature.kind, signature.later, signature.good) == ("signature", "signatures", True)
    assert (stamp.kind, stamp.name, stamp.stamped_at) == ("stamp", "ผู้ประทับเวลาทดสอบ", AT)
    assert stamp.good


def test_of_two_signatures_that_which_cannot_be_read_does_not_hide_the_other() -> None:
    once = sign_pdf(plain(), MAYOR, AT)
    twice = sign_pdf(once, MAYOR, AT)
    kind = b"/ETSI.CAdES.detached"
    other = once + twice[len(once) :].replace(kind, b"/ETSI.Unknown.method")
    content = twice.rindex(b"/Contents <") + 40
    garbled = twice[:content] + b"0" * 40 + twice[content + 40 :]

    for raw in (other, garbled):
        first, second = check_pdf(raw, ROOTS, AT)
        assert (first.name, first.state) == (MAYOR.name, "intact")
        assert (second.state, second.good) == ("unreadable", False)


@pytest.mark.parametrize("way", ["sha1", "md5"])
def test_a_signature_by_a_way_that_is_no_longer_safe_is_none(way: str) -> None:
    found = the_one(signed_as(plain(), MAYOR, md_algorithm=way))

    assert (found.state, found.good) == ("unreadable", False)


def test_a_name_that_turns_the_direction_of_reading_is_shown_without() -> None:
    key = AUTHORITY.signing_key("นาย\u202eยอดใจ\n\x07 ก")

    assert the_one(sign_pdf(plain(), key, AT)).name == "นายยอดใจ ก"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"%PDF-1.7\n/ByteRange",
        plain()[:200],
        signed_as(plain(password="cat"), MAYOR, password="cat"),  # noqa: S106 - of this file
        plain().replace(b"/Type /Catalog", b"/Type /Catalog /AcroForm " + b"[" * 9000),
    ],
    ids=["empty", "head", "cut", "locked", "deep"],
)
def test_what_cannot_be_looked_into_is_refused(raw: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        check_pdf(raw, ROOTS, AT)
    assert refused.value.sentence == UNSEEN_SIGNATURES


def test_a_damaged_file_is_told_of_or_refused_and_never_more() -> None:
    whole = sign_pdf(sign_pdf(with_form(), MAYOR, AT), MAYOR, AT)
    chance = random.Random(7)  # noqa: S311 - damage, not secrets
    refusals = 0
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        try:
            found = check_pdf(bytes(damaged), ROOTS, AT)
        except FileRefused:
            refusals += 1
        else:
            assert not any(one.good and one.later == "nothing" for one in found)
    assert 0 < refusals < 150


@pytest.fixture
def endless() -> bytes:
    """A small file with a million million ways through its objects."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    below = writer._add_object(ArrayObject())
    for _ in range(40):
        below = writer._add_object(ArrayObject([below, below]))
    writer.root_object[NameObject("/Ways")] = below
    out = BytesIO()
    writer.write(out)
    return sign_pdf(sign_pdf(out.getvalue(), MAYOR, AT), MAYOR, AT)


async def test_a_file_that_takes_for_ever_is_refused_and_the_next_is_told(
    ctx: Context, endless: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 2)
    assert len(endless) < 50_000

    with pytest.raises(FileRefused) as refused:
        await check_pdf_async(ctx, endless)
    assert refused.value.sentence == UNSEEN_SIGNATURES
    assert isinstance(refused.value.__cause__, BrokenWorkerProcess)
    [found] = await check_pdf_async(ctx, await sign_pdf_async(ctx, plain(), MAYOR))
    assert found.standing == "unknown"


async def test_an_office_signs_with_the_time_and_the_roots_of_its_installation(
    ctx: Context, stamps: Stamps
) -> None:
    settings = replace(ctx.settings, trusted_roots=tuple(ROOTS), timestamp_url=stamps.url)
    office = replace(ctx, settings=settings)

    signed = await sign_pdf_async(office, plain(), MAYOR, reason="ลงนาม", place="แม่เหียะ")
    [found] = await check_pdf_async(office, signed)
    assert found.good
    assert found.claimed_at == ctx.now
    assert found.stamp_known
    [one] = PdfFileReader(BytesIO(signed)).embedded_signatures
    assert (one.sig_object["/Reason"], one.sig_object["/Location"]) == ("ลงนาม", "แม่เหียะ")


async def test_a_file_without_signatures_is_not_even_sent_over(ctx: Context) -> None:
    assert await check_pdf_async(ctx, b"%PDF-1.7\nno more") == ()
