import time
import tracemalloc
from contextlib import suppress
from datetime import date
from hashlib import sha256
from uuid import uuid4
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins.eoffice.rules.ecms_envelope import envelope, open_answer
from plugins.eoffice.rules.ecms_inbox import Queued, read_queued
from plugins.eoffice.rules.ecms_letters import write_letter
from plugins.eoffice.rules.ecms_lists import (
    read_clock,
    read_codes,
    read_kinds,
    read_ministries,
    read_organizations,
    read_status,
)
from plugins.eoffice.rules.ecms_notes import NOTIFIERS, write_note
from plugins.eoffice.rules.ecms_tree import (
    LARGEST_MESSAGE,
    MOST_MARKS,
    Unreadable,
    read_tree,
    said,
)
from plugins.eoffice.rules.parcels import Enclosed, Note, Parcel, Reference, Unsent
from tests.plugins.eoffice.ecms_offices import FILES, LETTER, MAEHIA, YALA, as_read

# Whatever XML 1.0 can carry; a reader takes white space off the ends.
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff").filter(
    lambda sign: sign >= " " or sign in "\t\n\r"
)
TEXTS = st.text(SIGNS, max_size=60).map(str.strip)
HOSTILE = "<a b='\"'>&amp; ]]> <!-- \r\n -->\t&#0;\u0085\u2028 ๑ กำ"
WORDS = st.lists(TEXTS.map(lambda text: "".join(text.split())).filter(bool), max_size=3)
DAYS = st.dates(date(1900, 1, 1), date(2399, 12, 31))


def inbound(item: Element, process: str = "P1") -> bytes:
    answer = Element("CorrespondenceLetterInboundResponse")
    SubElement(answer, "ProcessID").text = process
    answer.append(item)
    return envelope(answer, message="m", to="t")


def sent(parcel: Parcel, files: dict[str, bytes] = FILES) -> bytes:
    [document] = write_letter(parcel, files, ministry="15")
    return inbound(document)


def queued(data: bytes) -> Queued:
    found = read_queued(data, department="15002")
    assert found is not None
    return found


SENT = sent(LETTER)


@st.composite
def letters(draw: st.DrawFn) -> tuple[Parcel, dict[str, bytes]]:
    contents = draw(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=4))
    enclosed = [
        Enclosed(
            name="letter.pdf" if at == 0 else f"attachment-{at}.pdf",
            mime="application/pdf",
            digest=sha256(content).hexdigest(),
            size=len(content),
        )
        for at, content in enumerate(contents)
    ]
    references = st.builds(
        Reference, number=TEXTS.filter(bool), dated_on=st.none() | DAYS, subject=TEXTS
    )
    parcel = replace(
        LETTER,
        number=draw(TEXTS.filter(bool)),
        dated_on=draw(DAYS),
        subject=draw(TEXTS.filter(bool)),
        secrecy=draw(st.sampled_from(["normal", "secret"])),
        speed=draw(st.sampled_from(["normal", "urgent", "very_urgent", "most_urgent"])),
        sender=replace(MAEHIA, post=draw(TEXTS), person=" ".join(draw(WORDS))),
        references=tuple(draw(st.lists(references, max_size=3))),
        enclosures=draw(TEXTS),
        main=enclosed[0],
        attachments=tuple(enclosed[1:]),
        sent_on=draw(DAYS),
    )
    return parcel, {one.digest: each for one, each in zip(enclosed, contents, strict=True)}


@given(letters())
@example((replace(LETTER, subject=HOSTILE, enclosures=HOSTILE), FILES))
def test_what_is_written_is_read(letter: tuple[Parcel, dict[str, bytes]]) -> None:
    parcel, files = letter
    arrived = queued(sent(parcel, files)).arrived

    assert isinstance(arrived.content, Parcel)
    assert arrived.content == as_read(parcel, arrived.content.id)
    assert arrived.files == files


@given(st.sampled_from(sorted(NOTIFIERS)), TEXTS.filter(bool), TEXTS, TEXTS.filter(bool), DAYS)
def test_what_is_told_is_read(
    kind: str, number: str, subject: str, accept_number: str, dated_on: date
) -> None:
    note = Note(
        id=uuid4(), kind=kind, number=number, dated_on=dated_on, subject=subject,  # type: ignore[arg-type]
        sender=MAEHIA, receiver=YALA, accept_number=accept_number,
    )  # fmt: skip
    [item] = write_note(note)
    read = queued(inbound(item)).arrived.content

    assert isinstance(read, Note)
    assert (read.kind, read.number, read.dated_on, read.subject) == (
        kind, number, dated_on, subject,
    )  # fmt: skip
    assert read.accept_number == (accept_number if kind in {"accepted", "wrong_number"} else "")


@given(TEXTS, st.sampled_from("\x00\x01\x08\x0b\x1f\ud800\udfff\ufffe\uffff"), TEXTS)
def test_a_sign_that_xml_cannot_carry_is_refused_by_its_number(
    before: str, sign: str, after: str
) -> None:
    with pytest.raises(Unsent) as refused:
        sent(replace(LETTER, subject=f"{before}{sign}{after}"))

    assert not refused.value.again
    assert f"U+{ord(sign):04X}" in refused.value.why.th
    assert refused.value.why.th.encode()


LISTS = (
    read_organizations, read_ministries, read_codes, read_kinds, read_status, read_clock,
)  # fmt: skip


def survive(data: bytes) -> None:
    for cut in (False, True):
        with suppress(Unsent):
            read_queued(data, department="15002", cut=cut)
    for read in LISTS:
        with suppress(Unsent):
            read(open_answer(data, ""))


@given(st.binary(max_size=300))
@example(b"")
@example(b"<")
@example(b"<?xml version='1.0' encoding='idna'?><a/>")
@example(b"<TimeCheckResponse><ECMSTime>0001-01-01T00:00+14:00</ECMSTime></TimeCheckResponse>")
def test_garbage_is_refused_and_nothing_else_happens(data: bytes) -> None:
    survive(data)


@given(st.lists(st.tuples(st.integers(0, len(SENT)), st.binary(max_size=6), st.integers(0, 30))))
def test_a_damaged_letter_is_read_or_refused_and_nothing_else_happens(
    wounds: list[tuple[int, bytes, int]],
) -> None:
    data = SENT
    for at, put, lost in wounds:
        data = data[:at] + put + data[at + lost :]

    survive(data)


BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(12))
    + b"]><a>&m;</a>"
)
TOO_MUCH = {
    "bomb": BOMB,
    "outside entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "outside dtd": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "bare doctype": b"<!DOCTYPE a><a/>",
    "100 MB": b"<a>" + b"x" * 100_000_000 + b"</a>",
    "elements": b"<a>" + b"<b/>" * MOST_MARKS + b"</a>",
    "attributes": b"<a " + b"b='' " * (MOST_MARKS + 1) + b"/>",
    "depth": b"<a>" * 1000 + b"</a>" * 1000,
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_would_fill_the_machine_is_refused_at_once(name: str) -> None:
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(Unreadable):
        read_tree(TOO_MUCH[name])
    spent, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 3 * 2**20
    assert spent < 2


def test_a_letter_of_the_largest_size_is_read() -> None:
    content = bytes(range(256)) * (LARGEST_MESSAGE // 256 * 3 // 4 - 1024)
    main = replace(LETTER.main, digest="big", size=len(content))
    read = queued(sent(replace(LETTER, main=main, attachments=()), {"big": content})).arrived

    assert list(read.files.values()) == [content]
    with pytest.raises(Unsent, match="48 MB"):
        sent(replace(LETTER, main=main, attachments=()), {"big": content * 2})


TREE = "<a><b>หนังสือ “ด่วน”</b></a>"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("UTF-8", "utf-8"), ("utf-8", "utf-8-sig"), ("TIS-620", "cp874"), ("windows-874", "cp874"),
        ("ISO-8859-11", "cp874"),
    ],
)  # fmt: skip
def test_a_declared_encoding_is_read(declared: str, codec: str) -> None:
    data = f'<?xml version="1.0" encoding="{declared}"?>{TREE}'.encode(codec)

    assert said(read_tree(data), "b") == "หนังสือ “ด่วน”"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("UTF-8", "cp874"), ("UTF-8", "utf-16"), ("TIS-620", "utf-8"), ("UTF-16", "utf-8"),
        ("UTF-16", "utf-16-le"), ("windows-874", "utf-8-sig"), ("x-unknown", "utf-8"),
        ("idna", "utf-8"),
    ],
)  # fmt: skip
def test_a_lie_about_the_encoding_is_refused(declared: str, codec: str) -> None:
    data = f'<?xml version="1.0" encoding="{declared}"?>{TREE}'.encode(codec)

    with pytest.raises(Unreadable):
        read_tree(data)


OLD = """
<?xml version='1.0' encoding='utf-8'?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV='http://schemas.xmlsoap.org/soap/envelope/'
  xmlns:wsa='http://w3.org/2005/08/addressing'>
 <SOAP-ENV:header><wsa:to>x</wsa:to></SOAP-ENV:header>
 <SOAP-ENV:Body><ns2:CorrespondenceLetterInboundResponse xmlns:ns2='urn:other'>
  <processid> ๗ </processid>
  <ram:GovernmentDocument xmlns:ram='urn:rsm' xmlns:rsm='urn:ram'>
   <rsm:CorrespondenceLetter>
    <rsm:Subject>
      ขอ<![CDATA[ข้อ]]>มูล<!-- x -->
    </rsm:Subject>
    <rsm:ID>กค ๐๔๐๑/๑</rsm:ID>
    <rsm:CorrespondenceDate>๒๕๖๗-๐๒-๒๙</rsm:CorrespondenceDate>
    <rsm:SpeedCode>๒</rsm:SpeedCode><rsm:secretcode> 001 </rsm:secretcode>
    <rsm:SenderParty><rsm:DepartmentOrganization><rsm:ID>๑๑๐๐๘</rsm:ID>
    </rsm:DepartmentOrganization></rsm:SenderParty>
    <rsm:ReceiverParty><rsm:DepartmentOrganization><rsm:ID>15002</rsm:ID>
    </rsm:DepartmentOrganization></rsm:ReceiverParty>
    <rsm:MainLetterBinaryObject MimeCode='Application/X-PDF; x=y'>JVBE
      Rg==</rsm:MainLetterBinaryObject>
    <rsm:AttachmentBinaryObject mimeCode=''/>
   </rsm:CorrespondenceLetter>
   <ram:GovernmentSignature><ram:TypeCode>1</ram:TypeCode></ram:GovernmentSignature>
  </ram:GovernmentDocument>
 </ns2:CorrespondenceLetterInboundResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>
"""


def test_a_letter_is_read_however_its_program_spells_it() -> None:
    found = queued(OLD.encode())

    letter = found.arrived.content
    assert isinstance(letter, Parcel)
    assert found.process == "๗"
    assert (letter.number, letter.dated_on) == ("กค ๐๔๐๑/๑", date(2024, 2, 29))
    assert (letter.subject, letter.sent_on) == ("ขอข้อมูล", date(2024, 2, 29))
    assert (letter.speed, letter.secrecy) == ("urgent", "normal")
    assert (letter.sender.department, letter.receiver.department) == ("11008", "15002")
    assert (letter.main.name, letter.attachments) == ("letter.pdf", ())
    assert list(found.arrived.files.values()) == [b"%PDF"]
    assert b"TypeCode>1<" in found.arrived.proof
    assert b"JVBE" not in found.arrived.proof


def test_what_is_sent_stands_as_the_wire_wants_it() -> None:
    asked = write_letter(LETTER, FILES, ministry="15")
    data = envelope(asked, message="15001.1", to="http://peer/ecms-ws01/service2").decode()

    assert data.startswith("<?xml version='1.0' encoding='utf-8'?>\n<s:Envelope ")
    assert 'xmlns:wsa="http://www.w3.org/2005/08/addressing"' in data
    assert (
        "<s:Header><wsa:MessageID>15001.1</wsa:MessageID>"
        "<wsa:To>http://peer/ecms-ws01/service2</wsa:To></s:Header>"
        '<s:Body ID="Body"><CorrespondenceLetterOutboundRequest><rsm:GovernmentDocument>'
        '<ram:CorrespondenceLetter ID="Letter"><ram:ID>ชม ๕๒๐๐๑/ว ๑๒๓</ram:ID>'
        "<ram:CorrespondenceDate>2026-11-20</ram:CorrespondenceDate>"
    ) in data
    assert (
        "<ram:GivenName>นายธนวัฒน์</ram:GivenName><ram:FamilyName>ยอดใจ ณ ลำปาง</ram:FamilyName>"
        "<ram:JobTitle>นายกเทศมนตรีเมืองแม่เหียะ</ram:JobTitle>"
        "<ram:MinistryOrganization><ram:ID>15</ram:ID></ram:MinistryOrganization>"
    ) in data
    assert '<ram:MainLetterBinaryObject mimeCode="application/pdf">JVBERi0xLjcg' in data
