"""The report of the conformance kit, as far as the desk goes by it."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from contrib.catalog.rules.sources import NO_PROJECT
from core.api import Text

LARGEST = 5_000_000  # bytes of a report
# Why there is none, by what is kept of it.
FAILURES: Mapping[str, Text] = {
    "time": Text(
        "ทดสอบไม่เสร็จในเวลาที่กำหนด ทดสอบอีกครั้ง ถ้ายังไม่เสร็จให้ส่งคืนและแจ้งผู้เผยแพร่",
        "It was not done within its time. Try again; if it is not done then, give it back.",
    ),
    "none": Text(
        "การทดสอบหยุดกลางคัน ไม่มีรายงาน อาจใช้หน่วยความจำหรือพื้นที่เกินกำหนด ทดสอบอีกครั้งหรือแจ้งผู้เผยแพร่",
        "It broke off without a report; it may have taken more memory or room than it is given. "
        "Try again, or tell the publisher.",
    ),
    "source": NO_PROJECT,
    "unlike": Text(
        "ไฟล์หรือ entry point ในโครงการของซอร์สไม่ตรงกับ wheel ขอซอร์สที่ตรงกันจากผู้เผยแพร่",
        "Files or entry point of the source's project are not the wheel's. Ask for the right one.",
    ),
    "other": Text(
        "รายงานเป็นของปลั๊กอินหรือรุ่นอื่น ขอซอร์สที่ตรงกันจากผู้เผยแพร่",
        "The report is another plugin's or version's. Ask the publisher for the right source.",
    ),
}


class Outcome(msgspec.Struct, frozen=True):
    """What came of one check."""

    id: str
    level: str
    title: Text
    state: Literal["passed", "failed", "not run"]
    findings: tuple[str, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """What a report says."""

    plugin: str
    version: str
    tier: Literal["bronze", "silver", "gold", "platinum"] | None
    checks: tuple[Outcome, ...]

    @property
    def passed(self) -> int:
        """How many checks were passed."""
        return sum(one.state == "passed" for one in self.checks)


def read_report(data: bytes, plugin: str, version: str) -> Told | str:
    """Return what a report of a version says, or else why it is none of :data:`FAILURES`.

    :param data: empty where no report was written.
    """
    if len(data) > LARGEST:
        return "none"
    try:
        told = msgspec.json.decode(data, type=Told)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return "none"
    return told if (told.plugin, told.version) == (plugin, version) else "other"
