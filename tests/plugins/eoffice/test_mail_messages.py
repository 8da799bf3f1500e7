import base64
import time
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.eoffice.rules.mail_charsets import decoded
from plugins.eoffice.rules.mail_html import words_of
from plugins.eoffice.rules.mail_opening import open_head, open_mail
from plugins.eoffice.rules.mail_parts import Unopened
from plugins.eoffice.rules.mail_reading import Office, letters_meant, read_mail, read_unopened
from plugins.eoffice.rules.mail_writing import SHEET, write_letter, write_note
from plugins.eoffice.rules.parcels import Agency, Enclosed, Note, Parcel, Reference
from tests.plugins.eoffice.mailed import (
    FILES,
    MAEHIA,
    NOW,
    PDF,
    PROVINCE,
    TODAY,
    a_letter,
    a_mail,
    a_note,
    arrived,
    enclosed,
)

# What can be in a row: PostgreSQL holds everything but zero bytes.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=120
) | st.sampled_from(
    ["x\r\nBcc: all@dla.go.th\r\n\r\n", "=?utf-8?q?x?=", "ที่ ว ๑ " * 40, '"<>,;:\\', "\\u0000"]
)
AGENCIES = st.builds(
    Agency,
    name=TEXTS,
    post=TEXTS,
    person=TEXTS,
    mailbox=st.sampled_from(["saraban@chiangmai.go.th", "saraban_04500113@dla.go.th"]),
)
LETTER = write_letter(a_letter(), FILES, NOW)
OFFICE = Office(mailbox=PROVINCE.mailbox, server="mail.test", today=TODAY)


def with_files(
    main: tuple[Enclosed, bytes], others: list[tuple[Enclosed, bytes]], **facts: Any
) -> tuple[Parcel, dict[str, bytes]]:
    letter = a_letter(main=main[0], attachments=tuple(one for one, _ in others), **facts)
    return letter, {one.digest: data for one, data in (main, *others)}


def letters() -> st.SearchStrategy[tuple[Parcel, dict[str, bytes]]]:
    files = st.builds(
        lambda name, mime, data: (enclosed(name, mime, data), data),
        TEXTS,
        st.sampled_from(["application/pdf", "image/png", "text/plain", "message/rfc822", "x\ny/z"]),
        st.binary(max_size=200),
    )
    return st.builds(
        with_files,
        files,
        st.lists(files, max_size=3),
        id=st.uuids(),
        number=TEXTS,
        dated_on=st.dates(),
        subject=TEXTS,
        speed=st.sampled_from(["normal", "urgent", "very_urgent", "most_urgent"]),
        sender=AGENCIES,
        receiver=AGENCIES,
        references=st.lists(st.builds(Reference, number=TEXTS, subject=TEXTS)).map(tuple),
        enclosures=TEXTS,
    )


@given(letters())
def test_a_letter_comes_out_of_its_mail_as_it_went_in(
    sent: tuple[Parcel, dict[str, bytes]],
) -> None:
    letter, files = sent

    [found] = arrived(write_letter(letter, files, NOW), mailbox=PROVINCE.mailbox)

    assert found.content == letter
    assert found.files == files
    assert found.doubt is None


@given(st.builds(a_note, letters().map(lambda one: one[0]), why=TEXTS, accept_number=TEXTS))
def test_a_note_comes_out_of_its_mail_as_it_went_in(note: Note) -> None:
    letter = a_letter(id=note.letter, sender=note.receiver, receiver=note.sender)

    raw = write_note(note, letter, NOW)
    [found] = arrived(raw, letter, mailbox=note.receiver.mailbox)

    assert found.content == note
    assert letters_meant(open_mail(raw)) == (note.letter,)


@given(letters())
def test_no_text_of_a_letter_becomes_a_field_or_a_line_too_long(
    sent: tuple[Parcel, dict[str, bytes]],
) -> None:
    raw = write_letter(*sent, NOW)

    message = message_from_bytes(raw)
    assert "Bcc" not in message
    assert len(message.get_all("Message-ID", [])) == 1
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_clerk_without_our_system_sees_what_it_is() -> None:
    letter = a_letter(
        speed="most_urgent",
        references=(Reference(number="ชม 0017/1", dated_on=TODAY - timedelta(30), subject="แผน"),),
        enclosures="แผนที่ จำนวน 1 แผ่น",
    )
    message = message_from_bytes(write_letter(letter, FILES, NOW), policy=policy.default)
    body = message.get_body()
    assert body is not None
    text = body.get_content()

    assert message["Subject"] == "[ด่วนที่สุด ที่ ชม 52001/123] ขอเชิญประชุม คณะกรรมการพัฒนาท้องถิ่น"
    assert open_mail(message.as_bytes()).sender_name == "เทศบาลเมืองแม่เหียะ"
    for line in (
        "เรียน ผู้ว่าราชการจังหวัดเชียงใหม่",
        "ที่: ชม 52001/123",
        "ลงวันที่: 20 พฤศจิกายน 2569",
        "เรื่อง: ขอเชิญประชุม คณะกรรมการพัฒนาท้องถิ่น",
        "ชั้นความเร็ว: ด่วนที่สุด",
        "อ้างถึง: หนังสือที่ ชม 0017/1 ลงวันที่ 21 ตุลาคม 2569 แผน",
        "สิ่งที่ส่งมาด้วย: แผนที่ จำนวน 1 แผ่น",
        "1. หนังสือ.pdf",
        "2. แผนที่.jpg",
        "เมื่อลงทะเบียนรับหนังสือแล้ว โปรดตอบกลับอีเมลนี้เพื่อแจ้งเลขรับและวันที่รับ",
    ):
        assert line in text.splitlines()
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == ["หนังสือ.pdf", "แผนที่.jpg", SHEET]


def test_a_repetition_differs_by_its_hour_alone_and_says_that_it_is_none() -> None:
    again = write_letter(a_letter(), FILES, NOW + timedelta(hours=1))

    different = set(LETTER.split(b"\r\n")) ^ set(again.split(b"\r\n"))
    assert {line[:6] for line in different} == {b"Date: "}
    assert arrived(again)[0].key == arrived(LETTER)[0].key
    assert "ได้รับอีเมลนี้มากกว่าหนึ่งครั้ง" in open_mail(LETTER).text


def test_a_letter_whose_file_was_changed_on_its_way_is_doubted() -> None:
    cut = LETTER.replace(base64.b64encode(PDF)[:20], base64.b64encode(b"%PDF-1.7 forged")[:20])
    assert cut != LETTER

    [found] = arrived(cut, mailbox=PROVINCE.mailbox)

    assert isinstance(found.content, Parcel)
    assert found.content.id != a_letter().id
    assert found.doubt is not None
    assert "ไม่ตรงกับที่ระบบของผู้ส่งบันทึกไว้" in found.doubt.th


def test_a_letter_that_another_mailbox_sends_in_the_name_of_an_office_is_doubted() -> None:
    stolen = LETTER.replace(b"<saraban_04500113@dla.go.th>", b"<saraban_04500114@dla.go.th>", 1)

    [found] = arrived(stolen, mailbox=PROVINCE.mailbox)

    assert found.doubt is not None
    assert "saraban_04500114@dla.go.th" in found.doubt.th


@pytest.mark.parametrize(
    "sheet", ["{", "[]", '{"version":2}', '{"version":1,"letter":{}}', "[" * 100_000]
)
def test_a_sheet_that_cannot_be_read_leaves_a_letter_for_people(sheet: str) -> None:
    message = message_from_bytes(LETTER)
    *_, part = message.walk()
    part.set_payload(in_base64(sheet.encode()))

    [found] = arrived(message.as_bytes(), mailbox=PROVINCE.mailbox)

    assert isinstance(found.content, Parcel)
    assert found.content.number == "ชม 52001/123"
    assert found.content.subject == "[ที่ ชม 52001/123] ขอเชิญประชุม คณะกรรมการพัฒนาท้องถิ่น"
    assert found.files[found.content.main.digest] == PDF


def test_no_zero_byte_gets_past_the_sheet() -> None:
    letter = a_letter(subject="x\0y")

    [found] = arrived(write_letter(letter, FILES, NOW), mailbox=PROVINCE.mailbox)

    assert isinstance(found.content, Parcel)
    assert "\0" not in found.content.subject


# --- of everybody else -------------------------------------------------------------------------


@pytest.mark.parametrize("charset", ["tis-620", "windows-874", "TIS620", "iso-8859-1", "x-none"])
@pytest.mark.parametrize("coded", ["word", "raw"])
def test_a_thai_subject_is_read_in_whatever_way_it_was_written(charset: str, coded: str) -> None:
    written = "ส่งสำเนาหนังสือที่ ชม 0017.3/ว 4115 ลงวันที่ 5 พฤศจิกายน 2569".encode("cp874")
    word = f"=?{charset}?B?{in_base64(written)}?=".encode()
    raw = a_mail("ข้อความ").replace(b"Re: x", word if coded == "word" else written)

    [found] = arrived(raw)

    assert isinstance(found.content, Parcel)
    assert found.content.subject == written.decode("cp874")
    assert found.content.number == "ชม 0017.3/ว 4115"
    assert found.content.dated_on == TODAY - timedelta(15)
    assert found.content.sender.mailbox == PROVINCE.mailbox


def in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_the_first_pdf_of_a_mail_is_the_letter_and_the_rest_goes_with_it() -> None:
    parts = [("แบบ.jpg", "image/jpeg", b"\xff\xd8\xff"), ("ก.pdf", "application/octet-stream", PDF)]
    body = "".join(
        f"--b\nContent-Type: {mime}\nContent-Transfer-Encoding: base64\n"
        f'Content-Disposition: attachment; filename="=?utf-8?b?{in_base64(name.encode())}?="'
        f"\n\n{in_base64(data)}\n"
        for name, mime, data in parts
    )
    text = "--b\nContent-Type: text/plain; charset=utf-8\n\nส่งมาเพื่อดำเนินการ\n"
    raw = a_mail(f"{text}{body}--b--", Content_Type="multipart/mixed; boundary=b")

    [found] = arrived(raw)

    assert isinstance(found.content, Parcel)
    assert (found.content.main.name, found.content.main.mime) == ("ก.pdf", "application/pdf")
    assert [one.name for one in found.content.attachments] == ["แบบ.jpg", "message.txt"]
    words = found.files[found.content.attachments[1].digest].decode()
    assert words.strip() == "ส่งมาเพื่อดำเนินการ"


def test_a_mail_of_words_alone_is_a_letter_of_words() -> None:
    [found] = arrived(a_mail("<p>เรียน นายก</p><script>x()</script>", Content_Type="text/html"))

    assert isinstance(found.content, Parcel)
    assert found.files[found.content.main.digest].decode().strip() == "เรียน นายก"


@given(st.binary(max_size=300), st.integers(0, len(LETTER)), st.integers(0, 400))
def test_no_mail_however_broken_raises_anything_but_a_refusal(
    noise: bytes, at: int, dropped: int
) -> None:
    read_whatever(LETTER[:at] + noise + LETTER[at + dropped :])
    read_whatever(noise)


@given(
    st.sampled_from(["From", "Subject", "Date", "Content-Type", "Message-ID", "References",
                     "Content-Disposition", "Authentication-Results", "Return-Path"]),
    st.text(st.sampled_from("=?utf-8punycode'\"*0;:,<>()@[]{}\\/ ก\0\x7fé%-+aB9")) | st.text(),
)  # fmt: skip
@example("Content-Type", "multipart/mixed; boundary*=unicode_escape''%5Cud800")
@example("Content-Disposition", "attachment; filename*0=a; filename*=b")
@example("Content-Disposition", "attachment; filename*=utf-7''+2AA-")
@example("Content-Type", "text/plain; charset*=a%00b''x")
def test_no_field_however_written_raises(name: str, value: str) -> None:
    field = value.replace("\n", "").replace("\r", "")
    read_whatever(f"{name}: {field}\r\n".encode("utf-8", "replace") + LETTER)
    read_whatever(
        f"Content-Type: application/pdf; name*=x'y'z\r\n{name}: {field}\r\n\r\nx".encode()
    )


def read_whatever(raw: bytes) -> None:
    try:
        mail = open_mail(raw)
    except Unopened as problem:
        found = [read_unopened(open_head(raw), OFFICE, problem.why)]
    else:
        letters_meant(mail)
        found = [*read_mail(mail, None, OFFICE), *read_mail(mail, a_letter(), OFFICE)]
    for one in found:
        # As it has to be to stand in a row.
        assert b"\\u0000" not in msgspec.json.encode(one.content).replace(b"\\\\", b"")
        assert len(one.key) <= 200


def nested(depth: int) -> bytes:
    levels = [f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)]
    return "".join(levels).encode()


BOMBS: dict[str, Any] = {
    "ten thousand parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000,
    "a million empty parts": b"Content-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\n" * 1_000_000,
    "many levels": nested(3_000),
    "levels and lines": nested(400) + b"x\n" * 400_000,
    "parts without leaves": nested(1)
    + b"Content-Type: multipart/mixed; boundary=c\n\n--b0\n" * 100_000,
    "a long head": b"Subject: " + b"=?a?q?x" * 100_000 + b"\n\nx",
    "many fields": b"X: y\n" * 200_000 + b"\nx",
    "a boundary among semicolons": b"Content-Type: multipart/mixed" + b";a" * 60_000 + b"\n\nx",
    "comments in comments": b"From: " + b"(" * 100_000 + b"\n\nx",
    "many senders": b"From: " + b"a@b," * 30_000 + b"\n\nx",
    "many answered": b"References: " + b"<a@b>" * 20_000 + b"\n\nx",
    "tags without an end": b"Content-Type: text/html\n\n" + b"<a " * 300_000,
    "comments without an end": b"Content-Type: text/html\n\n" + b"<!--" * 300_000,
    "blanks": b"Content-Type: text/plain\n\n" + b"\n> " * 500_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_mail_made_to_exhaust_us_is_done_with_soon(bomb: str) -> None:
    began = time.process_time()

    read_whatever(BOMBS[bomb])

    assert time.process_time() - began < 5


def test_words_of_html_stand_line_by_line_and_quotations_show() -> None:
    html = (
        "<div>รับ&amp;แล้ว</div><!-- <p>x</p> --><style>p{}</style>"
        "<blockquote>เดิม<br>สอง</blockquote>"
    )

    assert [line for line in words_of(html).split("\n") if line] == ["รับ&แล้ว", "> เดิม", "> สอง"]


@given(st.text())
def test_utf8_is_read_as_such_whatever_its_name(text: str) -> None:
    assert decoded(text.encode(), "us-ascii") == text


def test_a_mail_has_its_own_key_and_a_copy_of_it_the_same() -> None:
    mail, other = a_mail("x"), a_mail("x", sender=MAEHIA.mailbox)

    assert open_mail(b"Received: by x\r\n" + mail).id == open_mail(mail).id
    assert open_mail(other).id != open_mail(mail).id
