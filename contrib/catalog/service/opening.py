"""Read what was handed in, without running it: the wheel by the catalog's own reader."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
from anyio import CapacityLimiter, to_thread

from contrib.catalog.rules.sources import open_source, without_source
from core.api import InvalidInput, Text, catalog
from kit.documents import MEGABYTE, FileRefused

LARGEST = 20 * MEGABYTE
# Each may hold 64 MB of files while it is read.
_AT_ONCE = CapacityLimiter(2)
_BAD_WHEEL = Text(
    "ไม่รับ wheel ไฟล์นี้ ตัวตรวจแจ้งว่า “{why}” แก้ตามนั้น สร้าง wheel ใหม่ แล้วแนบอีกครั้ง",
    "This wheel is not taken: {why}. Mend that, make the wheel anew and attach it again.",
)
_LARGE = Text(
    "ไฟล์นี้เกิน 20 เมกะไบต์ นำไฟล์ที่ไม่จำเป็นออกแล้วแนบใหม่",
    "This file has more than 20 megabytes. Take out what is not needed and attach it again.",
)

T = TypeVar("T")


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What a publisher handed in.

    :param answers: to the questions, by name.
    """

    wheel_name: str
    wheel: bytes
    source_name: str
    source: bytes
    answers: dict[str, object]


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What is in it.

    :param reading: of the manifest and the source in the wheel.
    :param unsourced: files of the wheel that the source does not have as they are.
    """

    reading: catalog.Reading
    unsourced: tuple[str, ...]


async def open_sent(sent: Sent) -> Opened:
    """Return what is in a wheel and its source, while the event loop goes on.

    :raises InvalidInput: with a sentence for each of the two that is not taken.
    """
    return await to_thread.run_sync(_open, sent, limiter=_AT_ONCE)


def _open(sent: Sent) -> Opened:
    problems: dict[str, Text] = {}
    wheel = _try(problems, "wheel", lambda: _open_wheel(sent))
    source = _try(problems, "source", lambda: _open_source(sent))
    if wheel is None or source is None:
        raise InvalidInput(problems)
    held, reading = wheel
    return Opened(reading=reading, unsourced=without_source(held.files, source))


def _try(problems: dict[str, Text], name: str, work: Callable[[], T]) -> T | None:
    try:
        return work()
    except FileRefused as refusal:
        problems[name] = refusal.sentence
        return None


def _open_wheel(sent: Sent) -> tuple[catalog.Wheel, catalog.Reading]:
    _demand_small(sent.wheel)
    try:
        wheel = catalog.open_wheel(sent.wheel, name=sent.wheel_name)
        return wheel, catalog.read_wheel(wheel)
    except catalog.WheelRefused as refusal:
        raise FileRefused(_BAD_WHEEL.format(why=str(refusal))) from refusal


def _open_source(sent: Sent) -> dict[str, bytes]:
    _demand_small(sent.source)
    return open_source(sent.source, sent.source_name)


def _demand_small(data: bytes) -> None:
    if len(data) > LARGEST:
        raise FileRefused(_LARGE)
