"""Checks of a plugin among others: that fail, and that come in another order."""

import logging
import re
from collections.abc import AsyncIterator

import httpx

from core import quarantine
from core.conformance.browsing import Page
from core.conformance.check import Level, Shelf
from core.conformance.neighbour import NAME
from core.conformance.trial import Trial
from core.http.app import create_app
from core.text import Text

SHELF = Shelf()

_FRONT = ("/", "/my")
# What differs between two answers of the same: the token of forms.
_TOKEN = re.compile(r"[0-9a-f]{96}")
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
        for who in ("officer", "stranger"):
            one = await trial.browsing.look(trial.here, path, who=who)  # type: ignore[arg-type]
            two = await other.look(trial.here, path, who=who)  # type: ignore[arg-type]
            if one.is_page and _plain(one) != _plain(two):
                yield f"{one.told} is another page when plugins come in another order"


def _plain(page: Page) -> str:
    return _TOKEN.sub("", page.body.decode(errors="replace"))
