"""What a mail of ours says to a clerk of any agency, who need not know our system."""

from collections.abc import Iterator
from datetime import date

from kit.thai import long_day
from plugins.eoffice.rules.mail_charsets import one_line
from plugins.eoffice.rules.mail_marks import reference_of
from plugins.eoffice.rules.parcels import Note, NoteKind, Parcel, Speed

_SPEEDS: dict[Speed, str] = {
    "normal": "",
    "urgent": "ด่วน",
    "very_urgent": "ด่วนมาก",
    "most_urgent": "ด่วนที่สุด",
}
_SUBJECTS: dict[NoteKind, str] = {
    "received": "ตอบรับ",
    "accepted": "แจ้งเลขรับ",
    "rejected": "ไม่รับหนังสือ",
    "misdirected": "หนังสือส่งผิดหน่วยงาน",
    "wrong_number": "เลขรับไม่ถูกต้อง",
    "withdrawn": "ขอถอนหนังสือ",
    "said": "แจ้งเกี่ยวกับหนังสือ",
}
_SENTENCES: dict[NoteKind, str] = {
    "received": "{sender}ได้รับหนังสือฉบับนี้ทางไปรษณีย์อิเล็กทรอนิกส์แล้ว และจะแจ้งเลขรับเมื่อลงทะเบียนรับแล้ว",
    "accepted": "{sender}ลงทะเบียนรับหนังสือฉบับนี้แล้ว เลขรับ {number}{on}",
    "rejected": "{sender}ไม่รับหนังสือฉบับนี้",
    "misdirected": "หนังสือฉบับนี้ส่งมาผิดหน่วยงาน โปรดตรวจสอบและส่งไปยังหน่วยงานที่ถูกต้อง",
    "wrong_number": "เลขรับ {number} ที่ได้รับแจ้งสำหรับหนังสือฉบับนี้ไม่ถูกต้อง "
    "โปรดตรวจสอบแล้วแจ้งเลขรับที่ถูกต้องโดยตอบกลับอีเมลนี้",
    "withdrawn": "{sender}ขอถอนหนังสือฉบับนี้ โปรดงดดำเนินการตามหนังสือดังกล่าว",
    "said": "{sender}ขอแจ้งเรื่องหนังสือฉบับนี้ ดังนี้",
}
_ASKED = """\
เมื่อลงทะเบียนรับหนังสือแล้ว โปรดตอบกลับอีเมลนี้เพื่อแจ้งเลขรับและวันที่รับ
หากหนังสือนี้ไม่ได้ส่งถึงหน่วยงานของท่าน หรือเปิดไฟล์ไม่ได้ โปรดตอบกลับอีเมลนี้เพื่อแจ้งให้ทราบ
หากได้รับอีเมลนี้มากกว่าหนึ่งครั้งโดยมีรหัสอ้างอิงเดียวกัน เป็นหนังสือฉบับเดียวกัน โปรดลงทะเบียนรับเพียงครั้งเดียว"""
_FOR_PROGRAMS = "ไฟล์ {name} มีไว้ให้ระบบสารบรรณอิเล็กทรอนิกส์อ่าน ไม่ต้องเปิดหรือพิมพ์"


def letter_subject(letter: Parcel) -> str:
    """Return ``[ที่ …] …``, with the letter's speed in front of its number."""
    speed = f"{_SPEEDS[letter.speed]} " if _SPEEDS[letter.speed] else ""
    return one_line(f"[{speed}ที่ {letter.number}] {letter.subject}")


def note_subject(note: Note) -> str:
    """Return ``แจ้งเลขรับ: [ที่ …] …``."""
    return one_line(f"{_SUBJECTS[note.kind]}: [ที่ {note.number}] {note.subject}")


def letter_body(letter: Parcel, sheet: str) -> str:
    """Return what a mail that brings a letter says.

    :param sheet: name of the file that is for programs.
    """
    files = [letter.main, *letter.attachments]
    names = "\n".join(f"{at}. {one_line(file.name)}" for at, file in enumerate(files, start=1))
    return "\n\n".join([
        f"เรียน {one_line(letter.receiver.post or letter.receiver.name)}",
        f"{one_line(letter.sender.name)}ขอส่งหนังสือราชการทางไปรษณีย์อิเล็กทรอนิกส์ ตามไฟล์ที่แนบมาพร้อมนี้",
        "\n".join(_facts(letter)),
        f"ไฟล์ที่แนบ (ไฟล์แรกเป็นตัวหนังสือ)\n{names}",
        _ASKED,
        f"รหัสอ้างอิง {reference_of(letter)}\n{_FOR_PROGRAMS.format(name=sheet)}",
    ]) + "\n"  # fmt: skip


def note_body(note: Note, sheet: str) -> str:
    """Return what a mail that brings a note says."""
    sentence = _SENTENCES[note.kind].format(
        sender=one_line(note.sender.name),
        number=one_line(note.accept_number),
        on=f" วันที่ {_day(note.accept_on)}" if note.accept_on else "",
    )
    reason = f"เหตุผล: {note.why.strip()}" if note.kind != "said" else note.why.strip()
    parts = [
        f"เรียน {one_line(note.receiver.post or note.receiver.name)}",
        sentence,
        reason if note.why.strip() else "",
        f"ที่: {one_line(note.number)}\nลงวันที่: {_day(note.dated_on)}\nเรื่อง: {one_line(note.subject)}",
        f"อีเมลนี้ส่งโดยระบบสารบรรณอิเล็กทรอนิกส์\n{_FOR_PROGRAMS.format(name=sheet)}",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _facts(letter: Parcel) -> Iterator[str]:
    yield f"ที่: {one_line(letter.number)}"
    yield f"ลงวันที่: {_day(letter.dated_on)}"
    yield f"เรื่อง: {one_line(letter.subject)}"
    yield f"จาก: {one_line(letter.sender.name)}"
    yield f"ถึง: {one_line(letter.receiver.name)}"
    if _SPEEDS[letter.speed]:
        yield f"ชั้นความเร็ว: {_SPEEDS[letter.speed]}"
    for one in letter.references:
        day = f" ลงวันที่ {_day(one.dated_on)}" if one.dated_on else ""
        yield f"อ้างถึง: หนังสือที่ {one_line(one.number)}{day} {one_line(one.subject)}".rstrip()
    if letter.enclosures.strip():
        yield f"สิ่งที่ส่งมาด้วย: {one_line(letter.enclosures)}"


def _day(day: date) -> str:
    return long_day(day, "th")
