"""Checks of a plugin among others: that fail, and that come in another order."""

import logging
import re
from collections.abc import AsyncIterator, Sequence

import httpx

from core import quarantine
from core.conformance.browsing import Page, Who
from core.conformance.check import Level, Shelf
from core.conformance.neighbour import NAME
from core.conformance.trial import Trial
from core.http.app import create_app
from core.text import Text

SHELF = Shelf()

_FRONT = ("/", "/my")
_WHO: tuple[Who, ...] = ("officer", "stranger")
_WORD = re.compile(r"[\w-]+")
_LOG = logging.getLogger(quarantine.__name__)


@SHELF.check(
    "neighbours.failing",
    Level.GOLD,
    Text("ปลั๊กอินข้างเคียงล้มเหลวแล้วยังใช้ได้", "It works beside plugins that fail"),
    Text(
        "คำตอบที่มี problem ไม่มี value ใช้ answer.value or () เสมอ",
        "An answer with a problem has no value: take answer.value or ().",
    ),
)
async def failing(trial: Trial) -> AsyncIterator[str]:
    """Its pages answer although a neighbour fails at every hook."""
    await trial.switch(on=True, plugin=NAME)
    _LOG.disabled = True  # that it fails is meant
    try:
        for page in await trial.browsing.walk(trial.here, anew=True):
            if page.status >= httpx.codes.INTERNAL_SERVER_ERROR:
                yield f"{page.told} answers {page.status} beside a plugin that fails"
    finally:
        _LOG.disabled = False
        await trial.switch(on=False, plugin=NAME)


@SHELF.check(
    "neighbours.order",
    Level.GOLD,
    Text("ลำดับปลั๊กอินไม่เปลี่ยนหน้า", "The order of plugins changes no page"),
    Text("ให้ค่า order ของลิงก์และการ์ดต่างกัน", "Give links and cards their own order."),
)
async def order(trial: Trial) -> AsyncIterator[str]:
    """With plugins in reverse order its pages and the start page are the same."""
    runtime = trial.reversed()
    other = trial.browsing.through(create_app(runtime))
    for path in (*_FRONT, *trial.browsing.paths):
        for who in _WHO:
            ours = [await trial.browsing.look(trial.here, path, who=who) for _ in range(2)]
            theirs = [await other.look(trial.here, path, who=who) for _ in range(2)]
            if ours[0].is_page and _lasting(ours) != _lasting(theirs):
                yield f"{ours[0].told} is another page when plugins come in another order"


def _lasting(pages: Sequence[Page]) -> list[str]:
    """Return the words of a page without those that are others at each answer, as tokens are."""
    first, second = (_WORD.findall(page.body.decode(errors="replace")) for page in pages)
    common = set(first) & set(second)
    return [word for word in first if word in common]
