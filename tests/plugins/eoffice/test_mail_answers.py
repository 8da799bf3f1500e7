from datetime import date
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.api import Text
from kit.thai import thai_digits
from plugins.eoffice.rules.mail_opening import open_mail
from plugins.eoffice.rules.mail_reading import letters_meant
from plugins.eoffice.rules.mail_texts import letter_body
from plugins.eoffice.rules.mail_writing import SHEET, read_sheet, write_letter, write_note
from plugins.eoffice.rules.parcels import Note, Parcel
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
)

LETTER = a_letter()
LETTER_ID = f"<letter.{LETTER.id}@dla.go.th>"
OTHERS_ID = "<abc@chiangmai.go.th>"
SENT = letter_body(LETTER, SHEET)
QUOTED = "".join(f"> {line}\n" for line in SENT.split("\n"))
OUTLOOK = f"\n\n-----Original Message-----\nFrom: saraban\nSubject: x\n\n{SENT}"
GMAIL = f"\n\nเมื่อวันที่ ศ. 20 พ.ย. 2026 เวลา 10:42 เทศบาล <a@b.th> เขียนว่า:\n{QUOTED}"


def answer(body: str, *, sender: str = PROVINCE.mailbox, **head: str) -> Note:
    [found] = arrived(a_mail(body, sender=sender, In_Reply_To=LETTER_ID, **head), LETTER)
    assert isinstance(found.content, Note)
    return found.content


def doubt_of(raw: bytes, letter: Parcel = LETTER) -> Text | None:
    [found] = arrived(raw, letter)
    return found.doubt


@pytest.mark.parametrize("quoted", ["", OUTLOOK, GMAIL, f"\n\n{SENT}"])
@pytest.mark.parametrize(
    ("said", "number", "day"),
    [
        ("รับแล้ว เลขรับ 123/2569", "123/2569", None),
        ("รับแล้วครับ เลขรับ ๑๒๓/๒๕๖๙", "123/2569", None),
        ("เลขรับ 4567 วันที่ 20 พฤศจิกายน 2569", "4567", TODAY),
        ("เลขรับ : 4567 ลงวันที่ 20 พ.ย. 2569", "4567", TODAY),
        ("เลขที่รับ 89 วันที่ 20/11/2569", "89", TODAY),
        ("ได้รับหนังสือที่ ชม 52001/123 เรียบร้อยแล้ว เลขทะเบียนรับ 89", "89", None),
        ("สสจ.เชียงใหม่ ลงรับที่ 12 จึงเรียนมาเพื่อโปรดทราบ\nโทร. 0 5311 2708", "12", None),
        ("ทะเบียนรับเลขที่ 7 / 2569", "7/2569", None),
        ("เลขรับของเราคือ 7 ขอบคุณค่ะ", "7", None),
        ("ทะเบียนรับที่ 7 เลขรับ 7", "7", None),
        ("Received, receive no. 512", "512", None),
    ],
)
def test_a_number_that_a_person_gives_is_the_number_of_the_letter(
    said: str, number: str, day: date | None, quoted: str
) -> None:
    note = answer(said + quoted)

    assert (note.kind, note.accept_number, note.accept_on) == ("accepted", number, day)
    assert (note.letter, note.number, note.subject) == (LETTER.id, LETTER.number, LETTER.subject)
    assert note.why.startswith(said.partition("\n")[0])


@pytest.mark.parametrize("quoted", ["", OUTLOOK, GMAIL])
@pytest.mark.parametrize(
    "said",
    [
        "ได้รับแล้ว",
        "ได้รับหนังสือเลขที่ 52001/123 แล้ว",
        "ลงรับวันที่ 20/11/2569 แล้ว",
        "ได้รับหนังสือเรียบร้อยแล้วค่ะ ขอบคุณค่ะ",
        "รับทราบครับ",
        "รับเรื่องแล้ว",
        "Received with thanks.",
    ],
)
def test_who_says_no_more_than_that_it_came_has_received_it(said: str, quoted: str) -> None:
    assert answer(said + quoted).kind == "received"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "ขอบคุณค่ะ",
        "ยังไม่ได้รับไฟล์แนบ",
        "ได้รับแล้ว แต่เปิดไฟล์ไม่ได้",
        "หนังสือผิดหน่วยงาน ขอส่งคืน",
        "ได้รับแล้ว กรุณาส่งสิ่งที่ส่งมาด้วย",
        "เลขรับ 12 หรือ เลขรับ 13",
        "เลขรับ 12/11/2569",
        "เลขรับ 12/11",
        "เลขรับ จะแจ้งภายหลัง รับเรื่องแล้ว",
        "ได้รับแล้ว จะลงรับพรุ่งนี้",
        "ได้รับหรือยังคะ?",
        "Not received, please send again.",
        "โทร. 0 5311 2708 ต่อ 12",
        "ได้รับแล้ว " + "ตามที่ได้หารือกันเมื่อวาน " * 50,
    ],
)
@pytest.mark.parametrize("quoted", ["", OUTLOOK, GMAIL])
def test_what_can_be_meant_in_two_ways_is_for_a_person(said: str, quoted: str) -> None:
    note = answer(said + quoted)

    assert note.kind == "said"
    assert note.why == said.strip()


@given(st.integers(1, 9_999_999), st.sampled_from(["", "/2569", "/70"]), st.booleans())
def test_every_number_is_read_whole(number: int, year: str, thai: bool) -> None:
    told = f"เลขรับ {number}{year}"

    assert answer(thai_digits(told) if thai else told).accept_number == f"{number}{year}"


@given(st.text())
def test_words_without_the_word_for_it_are_no_number(said: str) -> None:
    assert answer(said.replace("รับ", "").replace("eceiv", "")).kind == "said"


def test_a_reply_is_matched_by_what_it_quotes_where_it_names_no_mail() -> None:
    raw = a_mail(f"รับแล้ว เลขรับ 5\n\n{QUOTED}")

    assert letters_meant(open_mail(raw)) == (LETTER.id,)
    [found] = arrived(raw, LETTER)
    assert isinstance(found.content, Note)
    assert found.content.kind == "accepted"


def test_an_answer_to_a_note_is_about_its_letter() -> None:
    raw = write_note(a_note(LETTER), LETTER, NOW)
    reply = a_mail("ขอบคุณค่ะ", References=f"{LETTER_ID} <{open_mail(raw).message_id}>")

    assert letters_meant(open_mail(reply))[0] == LETTER.id


def test_a_follow_up_of_the_same_agency_is_about_its_first_letter() -> None:
    first = open_mail(a_mail("เรียน นายก"))
    reply = a_mail("เพิ่มเติมค่ะ", References=OTHERS_ID).replace(b"<abc@", b"<def@", 1)

    assert letters_meant(open_mail(reply)) == (first.id,)


def test_an_answer_that_brings_a_letter_is_both() -> None:
    files = (
        "--b\nContent-Type: text/plain\n\nรับแล้ว เลขรับ 5\n"
        f"--b\nContent-Type: application/pdf\n\n{PDF.decode()}x\n"
    )
    raw = a_mail(f"{files}--b--", In_Reply_To=LETTER_ID, Content_Type="multipart/mixed; boundary=b")

    note, letter = arrived(raw, LETTER)

    assert isinstance(note.content, Note)
    assert isinstance(letter.content, Parcel)
    assert note.content.accept_number == "5"
    assert letter.content.references[0].number == LETTER.number
    assert note.key != letter.key


def test_an_emblem_under_a_signature_and_our_own_files_make_no_letter() -> None:
    files = (
        "--b\nContent-Type: text/plain\n\nรับแล้ว เลขรับ 5\n"
        "--b\nContent-Type: image/png\nContent-ID: <logo>\n\nlogo\n"
        f"--b\nContent-Type: application/pdf; name=x.pdf\n\n{PDF.decode()}\n"
    )
    raw = a_mail(f"{files}--b--", In_Reply_To=LETTER_ID, Content_Type="multipart/mixed; boundary=b")

    assert [type(one.content) for one in arrived(raw, LETTER)] == [Note]


# --- of programs -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
        {"Return_Path": "<>"},
        {"subject": "Automatic reply: [ที่ ชม 52001/123]"},
        {"subject": "ตอบกลับอัตโนมัติ: [ที่ ชม 52001/123]"},
    ],
)
def test_what_a_program_answers_is_no_acknowledgement(head: dict[str, str]) -> None:
    note = answer("ได้รับแล้ว เลขรับ 5", **head)

    assert (note.kind, note.accept_number) == ("said", "")


def test_an_automatic_mail_that_answers_nothing_is_no_letter_unless_it_brings_one() -> None:
    away = a_mail("ไม่อยู่", Auto_Submitted="auto-replied")
    system = a_mail(PDF.decode(), Auto_Submitted="auto-generated", Content_Type="application/pdf")

    assert isinstance(arrived(away)[0].content, Note)
    assert isinstance(arrived(system)[0].content, Parcel)


def report(kind: str, part: str, returned: str = "") -> bytes:
    words = "--b\nContent-Type: text/plain\n\nSorry\n"
    body = f"{words}--b\nContent-Type: message/{kind}\n\n{part}\n{returned}--b--"
    return a_mail(body, Content_Type="multipart/report; boundary=b", Return_Path="<>")


RETURNED = f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {LETTER_ID}\nSubject: x\n"


def test_a_report_of_failure_says_that_it_did_not_arrive_and_why() -> None:
    status = (
        "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.th\nAction: failed\n"
        "Status: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 over quota\n"
    )
    raw = report("delivery-status", status, RETURNED)

    [found] = arrived(raw, LETTER)

    assert isinstance(found.content, Note)
    assert found.content.kind == "undeliverable"
    assert found.content.letter == LETTER.id
    assert (
        found.content.why
        == "ตู้อีเมลปลายทางเต็ม (The mailbox is full): 5.2.2 552 5.2.2 over quota a@b.th"
    )
    assert letters_meant(open_mail(raw)) == (LETTER.id,)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_that_does_not_say_failed_changes_nothing(action: str) -> None:
    raw = report("delivery-status", f"X: y\n\nAction: {action}\nStatus: 4.4.1\n", RETURNED)

    [found] = arrived(raw, LETTER)

    assert isinstance(found.content, Note)
    assert found.content.kind == "said"


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        ("mailer-daemon@x.th", "failure notice", "<a@b.th>:\n550 5.1.1 no such user\n\n{copy}"),
        ("postmaster@x.th", "Undeliverable: [ที่ 1]", "ไม่พบผู้รับ\n\n{copy}"),
        ("mailer-daemon@x.th", "ส่งอีเมลไม่สำเร็จ", "ส่งไม่ถึงผู้รับ\n\n{copy}"),
    ],
)
def test_a_server_that_keeps_to_no_standard_is_understood(
    sender: str, subject: str, body: str
) -> None:
    copy = write_letter(LETTER, FILES, NOW).decode()[:1_500]
    raw = a_mail(body.format(copy=copy), sender=sender, subject=subject)

    assert letters_meant(open_mail(raw)) == (LETTER.id,)
    [found] = arrived(raw, LETTER)
    assert isinstance(found.content, Note)
    assert found.content.kind == "undeliverable"


def test_a_note_that_comes_back_does_not_say_that_its_letter_did_not_arrive() -> None:
    note = a_note(LETTER, sender=MAEHIA, receiver=PROVINCE, kind="withdrawn")
    head = write_note(note, LETTER, NOW).decode().partition("\r\n\r\n")[0]
    raw = report(
        "delivery-status",
        "X: y\n\nAction: failed\n",
        f"--b\nContent-Type: message/rfc822\n\n{head}\n",
    )

    [found] = arrived(raw, LETTER)

    assert isinstance(found.content, Note)
    assert (found.content.kind, found.content.letter) == ("said", LETTER.id)


@pytest.mark.parametrize(("done", "kind"), [("displayed", "received"), ("deleted", "said")])
def test_a_letter_that_was_opened_was_received(done: str, kind: str) -> None:
    part = (
        f"Original-Message-ID: {LETTER_ID}\nDisposition: manual-action/MDN-sent-manually; {done}\n"
    )

    [found] = arrived(report("disposition-notification", part), LETTER)

    assert isinstance(found.content, Note)
    assert found.content.kind == kind


# --- who it was --------------------------------------------------------------------------------


@pytest.mark.parametrize("sender", [PROVINCE.mailbox, "Somsri@ChiangMai.go.th"])
def test_the_agency_answers_from_its_mailbox_or_its_domain(sender: str) -> None:
    assert doubt_of(a_mail("เลขรับ 5", sender=sender, In_Reply_To=LETTER_ID)) is None


@pytest.mark.parametrize(
    "sender",
    ["a@evil.th", "saraban@chiangmai.go.th.evil.th", "saraban@chiangmai.go.th>, <a@evil.th", ""],
)
def test_an_answer_of_somebody_else_is_doubted(sender: str) -> None:
    assert doubt_of(a_mail("เลขรับ 5", sender=sender, In_Reply_To=LETTER_ID)) is not None


def test_a_domain_of_many_agencies_is_nobodys_own() -> None:
    letter = a_letter(sender=PROVINCE, receiver=MAEHIA)
    raw = a_mail("เลขรับ 5", sender="saraban_04500114@dla.go.th", In_Reply_To=LETTER_ID)

    [found] = arrived(raw, letter, mailbox=PROVINCE.mailbox)

    assert found.doubt is not None
    assert "saraban_04500114@dla.go.th" in found.doubt.th


@pytest.mark.parametrize(
    ("fields", "doubted"),
    [
        ([], False),
        (["mail.test; spf=pass smtp.mailfrom=a; dkim=pass (1024 bit; fail) header.d=a"], False),
        (["mail.test; dmarc=fail (p=none dis=none) header.from=a"], True),
        (["Mail.Test 1; spf=hardfail"], True),
        (["mail.test; spf=softfail; dkim=none; dmarc=none"], False),
        (["mail.test; dkim=fail; dkim=pass"], True),
        (["mail.test; spf=fail; dkim=pass; dmarc=pass"], False),
        (["mail.test; spf=fail", "mail.test; dmarc=pass"], True),
        (["mail.test; spf=pass", "mail.test; dmarc=fail"], True),
        (["other.test; dmarc=fail", "mail.test; dmarc=pass"], False),
        (["other.test; dmarc=fail"], False),
        ([f"mail.test; {'dkim=pass (x) ; ' * 500}dmarc=fail"], True),
    ],
)
def test_what_our_own_server_found_out_decides(fields: list[str], doubted: bool) -> None:
    heads = "".join(f"Authentication-Results: {one}\r\n" for one in fields).encode()
    raw = heads + a_mail("เลขรับ 5", In_Reply_To=LETTER_ID)

    assert (doubt_of(raw) is not None) == doubted


@pytest.mark.parametrize("kind", ["accepted", "rejected", "misdirected", "received"])
def test_only_whoever_got_a_letter_says_what_became_of_it(kind: str) -> None:
    stranger = a_note(LETTER, kind=kind, sender=a_letter(sender=PROVINCE).sender)
    right = write_note(stranger, LETTER, NOW)
    wrong = right.replace(PROVINCE.mailbox.encode(), b"saraban@lamphun.go.th")

    assert doubt_of(right) is None
    assert doubt_of(wrong) is not None


def test_an_agency_does_not_withdraw_what_it_did_not_write() -> None:
    assert doubt_of(write_note(a_note(LETTER, kind="withdrawn"), LETTER, NOW)) is not None


def test_a_note_about_a_letter_that_nobody_knows_is_doubted() -> None:
    raw = write_note(replace(a_note(LETTER), letter=UUID(int=7)), LETTER, NOW)

    [found] = arrived(raw)

    assert found.doubt is not None
    assert "ไม่พบหนังสือ" in found.doubt.th


def test_nobody_but_a_server_says_that_a_letter_did_not_arrive() -> None:
    def read(note: Note) -> Parcel | Note | None:
        return read_sheet(msgspec.json.encode({"version": 1, "note": note}))

    assert read(a_note(LETTER)) == a_note(LETTER)
    assert read(a_note(LETTER, kind="undeliverable")) is None
