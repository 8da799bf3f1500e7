"""What a curator has looked at before a version is put before a second one: points, as data."""

from collections.abc import Mapping

import msgspec

from core.api import Text


class Point(msgspec.Struct, frozen=True):
    """One thing to look at.

    :param code: by which its answer is kept; that of the words has ``_words`` after it.
    :param title: what is so where the answer is yes.
    """

    code: str
    title: Text


ANSWERS: Mapping[str, Text] = {
    "yes": Text("ใช่", "Yes"),
    "no": Text("ไม่ใช่", "No"),
    "na": Text("ไม่เกี่ยวกับปลั๊กอินนี้", "Does not apply"),
}
POINTS: tuple[Point, ...] = (
    Point(
        "law",
        Text(
            "ทำงานตรงตามกฎหมายและระเบียบที่อ้าง โดยเปิดมาตราหรือข้อนั้นอ่านแล้ว",
            "It does what the laws that it names say; their sections were read",
        ),
    ),
    Point(
        "data",
        Text(
            "เก็บข้อมูลส่วนบุคคลเท่าที่จำเป็น แจ้งวัตถุประสงค์ และลบเมื่อพ้นกำหนด",
            "It keeps no more personal data than needed, says what for, and deletes it in time",
        ),
    ),
    Point(
        "rights",
        Text(
            "สิทธิที่ประกาศจำเป็นต่องาน และทุกหน้าตรวจสิทธิก่อนทำ",
            "The rights it declares are needed, and every page asks for one",
        ),
    ),
    Point(
        "sql",
        Text(
            "คำสั่ง SQL อยู่ภายในหน่วยงานเดียว และไม่ต่อจากข้อความที่ผู้ใช้พิมพ์",
            "Its SQL stays within one office and is not put together from what people type",
        ),
    ),
    Point(
        "network",
        Text(
            "ไม่ติดต่อเครื่องอื่น หรือติดต่อเฉพาะที่แจ้งและส่งเฉพาะที่แจ้ง",
            "It reaches no other machine, or only those it named, with what it named",
        ),
    ),
    Point(
        "texts",
        Text(
            "ข้อความไทยและอังกฤษครบคู่ ถูกต้อง และบอกผู้ใช้ว่าต้องทำอะไร",
            "Its texts stand in Thai and English, are right, and say what to do",
        ),
    ),
    Point(
        "licence",
        Text(
            "สัญญาอนุญาตให้หน่วยงานใช้และแก้ไขได้ และมีสิทธิใช้งานของผู้อื่นที่แนบมา",
            "Its licence lets offices use and change it, and covers what it holds of others",
        ),
    ),
    Point(
        "difference",
        Text(
            "อ่านทุกไฟล์ที่ต่างจากรุ่นที่เผยแพร่แล้ว",
            "Every file that differs from the published version was read",
        ),
    ),
    Point(
        "report",
        Text(
            "อ่านรายงานการทดสอบล่าสุดแล้ว ข้อที่ไม่ผ่านไม่ทำให้ใช้งานไม่ได้",
            "The last report was read, and what was not passed does not keep it from use",
        ),
    ),
)
_NOT_ANSWERED = Text(
    "ตอบรายการตรวจให้ครบก่อน ยังขาด {count} ข้อ ข้อแรกคือ “{title}”",
    "Answer the checklist first: {count} are left, the first is “{title}”.",
)
_NOT_SO = Text(
    "เสนอไม่ได้ รายการตรวจตอบว่าไม่ใช่ที่ “{title}” ไม่รับพร้อมเหตุผล หรือตรวจใหม่แล้วแก้คำตอบ",
    "It cannot be put forward: the checklist says no at “{title}”. Refuse it, or look again.",
)
_WHY = Text("เขียนว่าตรวจพบอะไร เมื่อไม่ได้ตอบว่าใช่", "Write what was found, where the answer is not yes.")


def words_of(code: str) -> str:
    """Return under which name the words about a point are kept."""
    return f"{code}_words"


def unexplained(answers: Mapping[str, object]) -> dict[str, Text]:
    """Return a sentence for each answer that needs words and has none, by the words' name."""
    return {
        words_of(one.code): _WHY
        for one in POINTS
        if answers.get(one.code) in ("no", "na") and not answers.get(words_of(one.code))
    }


def hindrance(answers: Mapping[str, object]) -> Text | None:
    """Return why a version cannot be put forward with these answers; None where it can."""
    for one in POINTS:
        if answers.get(one.code) == "no":
            return _NOT_SO.format(title=one.title)
    left = [one for one in POINTS if answers.get(one.code) not in ANSWERS]
    return _NOT_ANSWERED.format(count=len(left), title=left[0].title) if left else None


def said_of(answers: Mapping[str, str]) -> list[tuple[Text, Text | None, str]]:
    """Return each point with its answer, None for one that is left, and the words about it."""
    return [
        (one.title, ANSWERS.get(answers.get(one.code, "")), answers.get(words_of(one.code), ""))
        for one in POINTS
    ]
