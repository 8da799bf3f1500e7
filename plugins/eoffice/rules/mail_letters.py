"""Letters that a mail brings: of another Thongthin exactly, of anybody else as well as it shows."""

from datetime import date
from hashlib import sha256

from kit.thai import local
from plugins.eoffice.rules.mail_opening import File, Mail
from plugins.eoffice.rules.mail_replies import named_letter
from plugins.eoffice.rules.mail_writing import MARKED, SHEET, read_sheet
from plugins.eoffice.rules.parcels import Agency, Enclosed, Note, Parcel, Reference

PDF = "application/pdf"
_TEXT = "text/plain; charset=utf-8"
_TEXT_NAME = "message.txt"
# The mark of the format stands within the first bytes, not always at the very first.
_PDF_WITHIN = 1024
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature"}

Files = dict[str, bytes]


def sheet_of(mail: Mail) -> Parcel | Note | None:
    """Return what another Thongthin wrote for programs; None if the mail is somebody else's.

    A mail that a person passes on holds the sheet of another one, but is not marked.
    """
    if MARKED not in mail.head:
        return None
    sheets = [file.data for file in mail.files if file.name == SHEET]
    return read_sheet(sheets[0]) if len(sheets) == 1 else None


def exact_files(mail: Mail, letter: Parcel) -> Files | None:
    """Return the files of a letter, or None where one is missing or is not what was sent."""
    there = {sha256(file.data).hexdigest(): file.data for file in mail.files}
    wanted = (letter.main, *letter.attachments)
    if any(len(there.get(file.digest, b"")) != file.size for file in wanted):
        return None
    return {file.digest: there[file.digest] for file in wanted}


def enclosed_files(mail: Mail, sent: Parcel | None) -> list[File]:
    """Return the files that make an answer a letter: neither emblems nor what we sent ourselves."""
    ours = {file.digest for file in (sent.main, *sent.attachments)} if sent else set()
    return [
        file
        for file in mail.files
        if not file.inline
        and file.mime not in _SIGNATURES
        and file.name != SHEET
        and sha256(file.data).hexdigest() not in ours
    ]


def read_letter(
    mail: Mail, receiver: Agency, today: date, *, words: str, answers: Parcel | None = None
) -> tuple[Parcel, Files]:
    """Return any mail as a letter, with its words as a file beside what is attached.

    :param words: what was written, without quotations.
    :param answers: the letter of ours that it answers.
    """
    files = list(mail.files) if answers is None else enclosed_files(mail, answers)
    if words.strip():
        files.append(File(_TEXT_NAME, _TEXT, words.encode(), inline=False))
    # There is always something to look at.
    files = files or [File(_TEXT_NAME, _TEXT, mail.raw_head, inline=False)]
    main = min(files, key=_rank)
    number, dated_on = named_letter("" if answers else mail.subject, words)
    sent_on = min(local(mail.sent_at).date() if mail.sent_at else today, today)
    letter = Parcel(
        id=mail.id,
        number=number,
        dated_on=dated_on or sent_on,
        subject=mail.subject,
        sender=Agency(name=mail.sender_name or mail.sender, mailbox=mail.sender),
        receiver=receiver,
        references=(_reference(answers),) if answers else (),
        main=_enclosed(main),
        attachments=tuple(_enclosed(file) for file in files if file is not main),
        sent_on=sent_on,
        mark=mail.message_id,
    )
    return letter, {sha256(file.data).hexdigest(): file.data for file in files}


def _rank(file: File) -> int:
    """Order what can be the letter itself: the first PDF file, a picture, the words, the rest."""
    if _is_pdf(file):
        return 0
    if file.mime.startswith("image/"):
        return 1 + file.inline
    return 3 if file.mime == _TEXT else 4


def _is_pdf(file: File) -> bool:
    return b"%PDF-" in file.data[:_PDF_WITHIN]


def _enclosed(file: File) -> Enclosed:
    return Enclosed(
        name=file.name,
        mime=PDF if _is_pdf(file) else file.mime,
        digest=sha256(file.data).hexdigest(),
        size=len(file.data),
    )


def _reference(letter: Parcel) -> Reference:
    return Reference(number=letter.number, dated_on=letter.dated_on, subject=letter.subject)
