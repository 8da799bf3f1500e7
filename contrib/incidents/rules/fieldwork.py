"""What a crew notes where the work is, and what must come with it."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from core.api import Text

BEGIN, DONE = "begin", "done"
WHAT: Mapping[str, Text] = {
    BEGIN: Text("เริ่มทำ หรือเพิ่มรูปก่อนทำ", "The work begins, or more photos from before"),
    DONE: Text("ทำเสร็จแล้ว ปิดงาน", "The work is done"),
}
MOST_PHOTOS = 5  # before the work, and as many after it
NO_WORDS = Text("เขียนว่าทำอะไรไปบ้าง ประชาชนอ่านข้อความนี้", "Write what was done; everybody reads it.")
NO_AFTER = Text("แนบรูปหลังทำอย่างน้อย 1 รูป", "Add at least one photo from after the work.")
FEWER = Text("แนบรูปได้ช่องละไม่เกิน {most} รูป", "At most {most} photos in each place.").format(
    most=MOST_PHOTOS
)


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What was done.

    :param what: a key of ``WHAT``.
    :param made_at: aware.
    :param cost: satang; None where nothing is said.
    """

    what: str
    made_at: datetime
    words: str = ""
    cost: int | None = None


def problems_of(what: str, words: str, before: int, after: int) -> dict[str, Text]:
    """Return what is wrong with a note of the work, by control.

    :param before: how many photos came with it, as ``after``.
    """
    problems: dict[str, Text] = {}
    if what == DONE and not words:
        problems["words"] = NO_WORDS
    if what == DONE and not after:
        problems["after"] = NO_AFTER
    problems |= {
        name: FEWER for name, count in (("before", before), ("after", after)) if count > MOST_PHOTOS
    }
    return problems
