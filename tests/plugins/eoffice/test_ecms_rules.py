from datetime import UTC, date, datetime
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.api import Text
from kit.thai import thai_digits
from plugins.eoffice.rules.ecms_codes import (
    SECRET_CODES,
    SPEED_CODES,
    kind_of,
    secrecy_of,
    speed_of,
)
from plugins.eoffice.rules.ecms_envelope import Declined, envelope, open_answer
from plugins.eoffice.rules.ecms_inbox import read_queued
from plugins.eoffice.rules.ecms_letters import write_letter
from plugins.eoffice.rules.ecms_lists import read_clock, read_organizations
from plugins.eoffice.rules.ecms_matching import plain, same_letter_key
from plugins.eoffice.rules.ecms_notes import write_again, write_note
from plugins.eoffice.rules.ecms_tree import Unreadable, day, read_tree
from plugins.eoffice.rules.parcels import Note, Parcel, Refused, Unsent
from tests.plugins.eoffice.ecms_offices import FILES, LETTER, MAEHIA, YALA

DAY = date(2026, 11, 20)
NOTE = Note(
    id=LETTER.id, kind="accepted", number="1", dated_on=DAY, subject="s", sender=YALA,
    receiver=MAEHIA, accept_number="9",
)  # fmt: skip


def queued(data: str, *, cut: bool = False) -> Refused:
    found = read_queued(data.encode(), department="15002", cut=cut)
    assert found is not None
    assert isinstance(found.arrived.content, Refused)
    return found.arrived.content


def came(parcel: Parcel = LETTER) -> str:
    [document] = write_letter(parcel, FILES, ministry="15")
    answer = Element("CorrespondenceLetterInboundResponse")
    SubElement(answer, "ProcessID").text = "7"
    answer.append(document)
    return envelope(answer, message="m", to="t").decode()


@pytest.mark.parametrize(
    ("number", "subject"),
    [
        ("ชม 52001/ว 123", "กำหนดการ ประชุม ABC"),
        ("ชม๕๒๐๐๑/ว๑๒๓", "กำหนดการประชุมabc"),
        ("  ชม\u00a052001/ว\u200b 123\n", "กํา\u200bหนดการ  ประชุม ＡＢＣ"),
    ],
)
def test_a_letter_is_the_same_however_it_is_spelt(number: str, subject: str) -> None:
    wanted = same_letter_key("ชม 52001/ว 123", DAY, "กำหนดการประชุม abc", "15002")

    assert same_letter_key(number, DAY, subject, "๑๕๐๐๒") == wanted
    assert len(wanted) == 64


@given(st.text(), st.text())
def test_texts_that_differ_in_more_than_their_spelling_are_other_letters(
    one: str, other: str
) -> None:
    assume(plain(one) != plain(other))
    key = same_letter_key(one, DAY, "เรื่อง", "15002")

    assert key != same_letter_key(other, DAY, "เรื่อง", "15002")
    assert key != same_letter_key(one, DAY, "เรื่อง", "15003")
    assert key != same_letter_key(one, date(2027, 11, 20), "เรื่อง", "15002")
    assert same_letter_key("1", DAY, one, "15002") != same_letter_key("1", DAY, other, "15002")


@given(st.dates(date(1900, 1, 1), date(2399, 12, 31)))
def test_a_day_is_read_in_either_era_and_either_digits(on: date) -> None:
    text = on.isoformat()
    buddhist = f"{on.year + 543}{text[4:]}"

    for one in (text, buddhist, thai_digits(buddhist), f" {text}T00:00:00+07:00 ", f"{text}+07:00"):
        assert day(one) == on


@pytest.mark.parametrize("text", ["", "x", "2026-13-01", "2025-02-29", "20/11/2026", "0000-01-01"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day(text) is None


def test_codes_are_read_as_they_are_written() -> None:
    assert {speed_of(code): code for code in SPEED_CODES.values()} == SPEED_CODES
    assert list(SPEED_CODES.values()) == ["001", "002", "003", "004"]
    assert SECRET_CODES == {"normal": "001", "secret": "002"}
    levels = [secrecy_of(code) for code in ("001", "002", "003", "004", "005")]
    assert [one.secrecy for one in levels if one] == ["normal", "secret", None, None, None]
    assert speed_of("๔") == "most_urgent"
    assert speed_of("005") is None
    assert secrecy_of("") is None


EXTENSIONS = "doc docx pdf rtf xls xlsx ppt pptx zip bmp png jpg tiff txt"


@pytest.mark.parametrize("extension", EXTENSIONS.split())
def test_every_kind_of_file_is_known_by_all_its_names(extension: str) -> None:
    kind = kind_of(f".{extension.upper()}")

    assert kind is not None
    assert kind.extension == extension
    assert kind_of(f" {kind.mime.upper()}; charset=utf-8") is kind
    assert all(kind_of(name) is kind for name in kind.also)


def unsent(parcel: Parcel, files: dict[str, bytes] = FILES) -> Text:
    with pytest.raises(Unsent) as refused:
        write_letter(parcel, files, ministry="15")
    assert not refused.value.again
    return refused.value.why


def test_what_ecms_cannot_carry_is_said_before_it_is_sent() -> None:
    webp = replace(LETTER.main, mime="image/webp", name="ก.webp")

    assert "image/webp (ก.webp)" in unsent(replace(LETTER, main=webp)).th
    assert "letter.pdf" in unsent(LETTER, FILES | {LETTER.main.digest: b""}).en
    for code in ("", "1500", "๑๕๐๐๒", "15002 "):
        assert f"“{code}”" in unsent(replace(LETTER, receiver=replace(YALA, department=code))).th


def test_a_note_without_its_number_is_not_told() -> None:
    with pytest.raises(Unsent, match="number in the register"):
        write_note(replace(NOTE, accept_number=""))


def test_a_letter_is_withdrawn_and_asked_for_by_both_departments() -> None:
    wanted = (
        "<LetterID>1</LetterID><CorrespondenceDate>2026-11-20</CorrespondenceDate>"
        "<SenderDepartment><Code>15002</Code></SenderDepartment>"
        "<AcceptDepartment><Code>15001</Code></AcceptDepartment>"
    )
    withdrawn = envelope(write_note(replace(NOTE, kind="withdrawn")), message="m", to="t").decode()
    again = write_again("rejected", number="1", dated_on=DAY, sender=YALA, receiver=MAEHIA)

    assert f"<CorrespondenceDeleteGovernmentDocumentRequest>{wanted}</" in withdrawn
    assert f"<RejectLetterNotifier>{wanted}</" in envelope(again, message="m", to="t").decode()


SPOILT = {
    "a speed that nobody knows": ("SpeedCode>004", "SpeedCode>9", "“9”"),
    "no speed": ("SpeedCode>004", "SpeedCode>", "ชั้นความเร็ว"),
    "a kind of file that nobody knows": ("image/png", "text/html", "text/html"),
    "base64 with other signs": (">JVBERi", ">JVBERi!", "base64"),
    "base64 that is cut": (">JVBERi0xLjcg", ">JVBERi0xLjc", "base64"),
    "base64 of other letters": (">JVBERi", ">กขค", "base64"),
    "no number": ("ram:ID>ชม ๕๒๐๐๑/ว ๑๒๓<", "ram:ID> <", "เลขที่หนังสือ"),
    "no date": ("CorrespondenceDate>2026-11-20", "CorrespondenceDate>2026-11-31", "วันที่"),
    "no subject": ("ram:Subject>ขอเชิญ", "ram:Object>ขอเชิญ", "เรื่อง"),
    "no main file": ("MainLetterBinaryObject", "MainLetter", "ไฟล์หนังสือ"),
    "a sender without a code": ("ram:ID>15001", "ram:ID>1500", "“1500”"),
    "a text without end": ("ขอเชิญประชุม", "ก" * 4001, "ยาวเกิน"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_letter_that_cannot_be_taken_says_why(name: str) -> None:
    was, now, why = SPOILT[name]
    spoilt = came().replace(was, now)
    if name == "no subject":
        spoilt = spoilt.replace("]]&gt;</ram:Subject>", "]]&gt;</ram:Object>")
    refused = queued(spoilt)

    assert why in refused.why.th
    assert refused.why.en
    assert not refused.secret
    assert refused.sender.department == ("" if "sender" in name else "15001")


def test_a_letter_that_is_cut_or_broken_is_known_by_its_beginning() -> None:
    whole = came()
    for data, cut in (
        (whole[: len(whole) // 2], True),
        (whole.replace(">JVBERi", "><<JVBERi"), False),
    ):
        refused = queued(data, cut=cut)
        assert (refused.number, refused.subject) == (LETTER.number, LETTER.subject)
        assert (refused.sender.department, refused.receiver.department) == ("15001", "15002")
        assert not refused.secret


def test_of_a_broken_letter_whose_secrecy_is_not_known_the_subject_is_not_kept() -> None:
    whole = came()
    beginning = whole[: whole.index("<ram:SecretCode")]
    found = read_queued(beginning.encode(), department="15002", cut=True)

    assert found is not None
    assert isinstance(found.arrived.content, Refused)
    assert (found.arrived.content.secret, found.arrived.content.subject) == (True, "")
    assert found.answer is not None
    assert (found.answer.kind, found.answer.subject) == ("rejected", LETTER.subject)


def test_an_answer_that_broke_off_on_its_way_stays_in_the_queue() -> None:
    with pytest.raises(Unreadable):
        read_queued(came()[:-20].encode(), department="15002")


def test_the_same_place_in_the_queue_has_the_same_key_and_another_place_another() -> None:
    first, again, other = (
        read_queued(one.encode(), department="15002")
        for one in (came(), came(), came().replace("ProcessID>7", "ProcessID>8"))
    )

    assert first is not None
    assert again is not None
    assert other is not None
    assert first.arrived.key == again.arrived.key != other.arrived.key
    assert first.arrived.content == again.arrived.content
    assert len(first.arrived.key) <= 200


@pytest.mark.parametrize(
    "inside",
    ["", "<ProcessID>7</ProcessID><ProcessTime>x</ProcessTime>", "<GovernmentDocument/>"],
)
def test_an_empty_queue_is_nothing(inside: str) -> None:
    name = "CorrespondenceLetterInboundResponse"
    data = f"<Envelope><Body><{name}>{inside}</{name}></Body></Envelope>"

    assert read_queued(data.encode(), department="15002") is None


E9 = "<ErrorCode>E9</ErrorCode><ErrorDescription>ซ้ำ</ErrorDescription>"
BAD = "<faultstring>bad</faultstring>"


@pytest.mark.parametrize(
    ("answer", "again", "why"),
    [
        (f"<ErrorDetail>{E9}</ErrorDetail>", False, "E9 ซ้ำ"),
        (f"<x:Answer xmlns:x='y'><ErrorDetail>{E9}</ErrorDetail></x:Answer>", False, "E9"),
        (f"<Fault><faultcode>s:Client</faultcode>{BAD}</Fault>", False, "bad"),
        (f"<Fault><faultcode>s:Server</faultcode>{BAD}</Fault>", True, "bad"),
        ("<html>login</html>", True, "html"),
        ("", True, "envelope"),
    ],
)  # fmt: skip
def test_what_is_no_answer_says_whether_to_try_again(answer: str, again: bool, why: str) -> None:
    with pytest.raises(Unsent) as refused:
        open_answer(f"<Envelope><Body>{answer}</Body></Envelope>".encode(), "OutboundStatus")

    assert refused.value.again is again
    assert why in refused.value.why.th
    assert why in refused.value.why.en
    assert isinstance(refused.value, Declined) is not again


def test_agencies_are_read_from_a_list_of_either_age() -> None:
    listed = read_organizations(
        read_tree(
            """<L><o><name>EGA</name><name>สรอ.</name><ecms-url>http://a</ecms-url>
            <organizationid>๑๑๐๐๘</organizationid></o>
            <o><Th-Name>กระทรวง</Th-Name><En-Name>Ministry</En-Name>
            <OrganizationID>11002</OrganizationID></o>
            <o><En-Name>Only</En-Name><OrganizationID>11003</OrganizationID></o>
            <o><OrganizationID>11</OrganizationID></o></L>""".encode()
        )
    )

    assert [(code, one.name, one.english, one.node) for code, one in listed.items()] == [
        ("11008", "สรอ.", "EGA", "http://a"),
        ("11002", "กระทรวง", "Ministry", ""),
        ("11003", "Only", "Only", ""),
    ]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20T10:42:00", datetime(2026, 11, 20, 3, 42, tzinfo=UTC)),
        ("2026-11-20 10:42:00.5", datetime(2026, 11, 20, 3, 42, 0, 500_000, tzinfo=UTC)),
        ("๒๐๒๖-๑๑-๒๐T๐๓:๔๒:๐๐Z", datetime(2026, 11, 20, 3, 42, tzinfo=UTC)),
    ],
)
def test_the_clock_of_a_node_is_read(text: str, moment: datetime) -> None:
    assert read_clock(read_tree(f"<T><ECMSTime>{text}</ECMSTime></T>".encode())) == moment


@pytest.mark.parametrize("text", ["", "noon", "0001-01-01T00:00:00+14:00"])
def test_a_clock_that_says_no_time_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_clock(read_tree(f"<T><ECMSTime>{text}</ECMSTime></T>".encode()))
