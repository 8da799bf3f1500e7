"""What a mail brings: a letter, a note about one, or words that a person reads."""

from datetime import date
from uuid import UUID, uuid5

from msgspec import Struct

from core.api import Text
from kit.thai import local
from plugins.eoffice.rules.mail_letters import (
    Files,
    enclosed_files,
    exact_files,
    read_letter,
    sheet_of,
)
from plugins.eoffice.rules.mail_marks import id_of, marks_in
from plugins.eoffice.rules.mail_opening import Mail
from plugins.eoffice.rules.mail_replies import Reply, own_words, read_reply
from plugins.eoffice.rules.mail_reports import Report, is_automatic, report_in
from plugins.eoffice.rules.mail_senders import is_forged, is_of
from plugins.eoffice.rules.mail_texts import letter_body
from plugins.eoffice.rules.mail_writing import SHEET
from plugins.eoffice.rules.parcels import Agency, Arrived, Note, NoteKind, Parcel

_MOST_MEANT = 30
_LONGEST_WHY = 2_000
_BY_RECEIVER = {"received", "accepted", "rejected", "misdirected"}
_BY_SENDER = {"wrong_number", "withdrawn"}

_FORGED = Text(
    "เซิร์ฟเวอร์อีเมลตรวจพบว่าอีเมลนี้อาจไม่ได้ส่งมาจาก {sender} จริง โทรสอบถามหน่วยงานผู้ส่งก่อนดำเนินการ",
    "The mail server found that this may not come from {sender}. Telephone the sender first.",
)
_OTHER = Text(
    "อีเมลนี้ส่งมาจาก {sender} ซึ่งไม่ใช่ตู้อีเมลกลางของหน่วยงาน ตรวจสอบกับหน่วยงานก่อนดำเนินการ",
    "This came from {sender}, not from the agency's central mailbox. Check with the agency first.",
)
_UNKNOWN = Text(
    "ไม่พบหนังสือที่อีเมลนี้กล่าวถึง ค้นหาหนังสือจากเลขที่และเรื่องก่อนดำเนินการ",
    "The letter that this speaks of was not found. Look for it by number and subject first.",
)
_CHANGED = Text(
    "ข้อมูลหรือไฟล์ในอีเมลไม่ตรงกับที่ระบบของผู้ส่งบันทึกไว้ ขอให้ผู้ส่งส่งใหม่หรือยืนยัน",
    "Its data or files are not what the sender's system recorded. Ask the sender to send it again.",
)
_NOBODY = Text("ที่อยู่ที่ไม่ชัดเจน", "an unclear address")


class Office(Struct, frozen=True, kw_only=True):
    """Whose mail is read.

    :param server: by which name the own mail server marks what it found out about a sender.
    """

    mailbox: str
    server: str = ""
    today: date


def letters_meant(mail: Mail) -> tuple[UUID, ...]:
    """Return ids of the letters that a mail can be about, the likeliest first."""
    sheet, report = sheet_of(mail), report_in(mail)
    if isinstance(sheet, Note):
        return (sheet.letter,) if sheet.letter else ()
    if report:
        return (report.about.letter,) if report.about and report.about.letter else ()
    found: list[UUID] = []
    for message_id in mail.answered:
        marks = marks_in(message_id)
        found += [one.letter for one in marks if one.letter] or [id_of(message_id, mail.sender)]
    found += [one.letter for one in marks_in(mail.text) if one.letter]
    return tuple(dict.fromkeys(found))[:_MOST_MEANT]


def read_mail(mail: Mail, letter: Parcel | None, office: Office) -> list[Arrived]:
    """Return what a mail brings; sometimes a note and a letter in one.

    :param letter: the first of :func:`letters_meant` that left or came by this mailbox.
    """
    sheet, report = sheet_of(mail), report_in(mail)
    if isinstance(sheet, Parcel) and (files := exact_files(mail, sheet)) is not None:
        doubt = None if is_of(mail.sender, sheet.sender.mailbox) else _OTHER
        return [_arrived(mail, office, sheet, files, doubt)]
    if isinstance(sheet, Note):
        return [_arrived(mail, office, sheet, {}, _doubt_of(sheet, mail, letter, office))]
    if sheet:
        return [_as_letter(mail, office, mail.text, doubt=_CHANGED)]
    if report:
        return [_reported(report, mail, letter, office)]
    if letter:
        return _answered(mail, letter, office)
    if is_automatic(mail) and not enclosed_files(mail, None):
        return [_arrived(mail, office, _note(mail, "said", None, mail.text, office))]
    return [_as_letter(mail, office, mail.text)]


def read_unopened(mail: Mail, office: Office, why: Text) -> Arrived:
    """Return a mail of which only the head could be read, for a person who opens it there."""
    return _as_letter(mail, office, "", doubt=why)


def _doubt_of(note: Note, mail: Mail, letter: Parcel | None, office: Office) -> Text | None:
    if note.letter and letter is None:
        return _UNKNOWN
    if not is_of(mail.sender, note.sender.mailbox):
        return _OTHER
    return _doubt_about(note.kind, mail, letter, office) if letter else None


def _doubt_about(kind: NoteKind, mail: Mail, letter: Parcel, office: Office) -> Text | None:
    """Return why it was not the right side of a letter that says this about it."""
    ours = letter.sender.mailbox.lower() == office.mailbox.lower()
    right_side = kind not in (_BY_SENDER if ours else _BY_RECEIVER)
    other = letter.receiver if ours else letter.sender
    return None if right_side and is_of(mail.sender, other.mailbox) else _OTHER


def _reported(report: Report, mail: Mail, letter: Parcel | None, office: Office) -> Arrived:
    of_letter = report.about is not None and not report.about.is_note
    ours = letter is not None and letter.sender.mailbox.lower() == office.mailbox.lower()
    if letter is None or not (of_letter and ours) or report.kind == "other":
        return _arrived(mail, office, _note(mail, "said", letter, report.why or mail.text, office))
    if report.kind == "failed":
        return _arrived(mail, office, _note(mail, "undeliverable", letter, report.why, office))
    note = _note(mail, "received", letter, "", office)
    return _arrived(mail, office, note, {}, _doubt_about("received", mail, letter, office))


def _answered(mail: Mail, letter: Parcel, office: Office) -> list[Arrived]:
    ours = letter.sender.mailbox.lower() == office.mailbox.lower()
    sent = letter_body(letter, SHEET).split("\n") if ours else []
    reply = read_reply(mail.text, sent)
    if not ours or is_automatic(mail):
        reply = Reply("said", reply.said)
    brings_letter = bool(enclosed_files(mail, letter))
    found = []
    if reply.kind != "said" or not brings_letter:
        note = _note(mail, reply.kind, letter, reply.said, office, reply)
        doubt = _doubt_about(reply.kind, mail, letter, office)
        found.append(_arrived(mail, office, note, {}, doubt))
    if brings_letter:
        found.append(_as_letter(mail, office, own_words(mail.text, sent), answers=letter))
    return found


def _as_letter(
    mail: Mail,
    office: Office,
    words: str,
    *,
    answers: Parcel | None = None,
    doubt: Text | None = None,
) -> Arrived:
    receiver = Agency(name="", mailbox=office.mailbox)
    letter, files = read_letter(mail, receiver, office.today, words=words, answers=answers)
    return _arrived(mail, office, letter, files, doubt)


def _note(
    mail: Mail,
    kind: NoteKind,
    letter: Parcel | None,
    why: str,
    office: Office,
    reply: Reply | None = None,
) -> Note:
    sent_on = local(mail.sent_at).date() if mail.sent_at else office.today
    return Note(
        id=uuid5(mail.id, "note"),
        kind=kind,
        letter=letter.id if letter else None,
        number=letter.number if letter else "",
        dated_on=letter.dated_on if letter else sent_on,
        subject=letter.subject if letter else mail.subject,
        sender=Agency(name=mail.sender_name or mail.sender, mailbox=mail.sender),
        receiver=Agency(name="", mailbox=office.mailbox),
        accept_number=reply.number if reply else "",
        accept_on=reply.received_on if reply else None,
        why=why[:_LONGEST_WHY],
    )


def _arrived(
    mail: Mail,
    office: Office,
    content: Parcel | Note,
    files: Files | None = None,
    doubt: Text | None = None,
) -> Arrived:
    if is_forged(mail, office.server):
        doubt = _FORGED
    kind = "letter" if isinstance(content, Parcel) else "note"
    return Arrived(
        key=f"{mail.id}/{kind}",
        content=content,
        files=files or {},
        proof=mail.raw_head,
        doubt=doubt.format(sender=mail.sender or _NOBODY) if doubt else None,
    )
