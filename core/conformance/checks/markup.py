"""Checks of the markup that comes out: can it be used by everybody."""

from collections.abc import AsyncIterator, Iterator
from itertools import pairwise

from core.conformance.browsing import Page
from core.conformance.check import Level, Shelf
from core.conformance.checks.texts import THAI
from core.conformance.markup import Element
from core.conformance.trial import Trial
from core.text import Text

SHELF = Shelf()

_FIELDS = ("input", "select", "textarea")
_UNSEEN = frozenset({"hidden", "submit", "button", "reset", "image"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


async def _pages(trial: Trial, *, language: str = "th") -> AsyncIterator[Page]:
    for ctx in (trial.here, trial.there):
        for page in await trial.browsing.walk(ctx):
            if page.is_page and language == "th":
                yield page
            elif page.is_page:
                yield await trial.browsing.look(ctx, page.path, language=language)


async def _every(
    trial: Trial, *tags: str, language: str = "th"
) -> AsyncIterator[tuple[Page, Element]]:
    async for page in _pages(trial, language=language):
        for one in page.tree.every(*tags):
            yield page, one


@SHELF.check(
    "markup.labelled",
    Level.SILVER,
    Text("ทุกช่องกรอกมีป้าย", "Every field has a label"),
    Text("ใส่ <label for> หรือ aria-label ให้ช่องกรอก", "Give the field <label for> or aria-label."),
)
async def labelled(trial: Trial) -> AsyncIterator[str]:
    """Each field is named for who cannot see it."""
    async for page in _pages(trial):
        named = {one.attributes.get("for") for one in page.tree.every("label")}
        for one in page.tree.every(*_FIELDS):
            around = any(above.tag == "label" for above in one.above())
            marked = one.attributes.keys() & {"aria-label", "aria-labelledby", "title"}
            hidden = one.attributes.get("type") in _UNSEEN
            if not (hidden or around or marked or one.attributes.get("id", "?") in named):
                yield f"{page.told}: field {one.attributes.get('name', '')!r}"


@SHELF.check(
    "markup.pictures",
    Level.SILVER,
    Text("ทุกรูปมีคำแทน", "Every picture has words in its place"),
    Text('ใส่ alt="…" หรือ alt="" ถ้าเป็นเครื่องประดับ', 'Give alt="…", or alt="" to an ornament.'),
)
async def pictures(trial: Trial) -> AsyncIterator[str]:
    """Each picture has an alt."""
    async for page, one in _every(trial, "img"):
        if "alt" not in one.attributes:
            yield f"{page.told}: {one.attributes.get('src', '')!r} has no alt"


@SHELF.check(
    "markup.named",
    Level.SILVER,
    Text("ปุ่มและลิงก์มีชื่อ", "Buttons and links have words"),
    Text("ใส่ข้อความหรือ aria-label", "Give it words or an aria-label."),
)
async def named(trial: Trial) -> AsyncIterator[str]:
    """Each button and link says what it does."""
    async for page, one in _every(trial, "a", "button"):
        if not one.said and "hidden" not in one.attributes:
            yield f"{page.told}: a {one.tag} in line {one.line} has no words"


@SHELF.check(
    "markup.headings",
    Level.SILVER,
    Text("หัวข้อเรียงเป็นลำดับ มี h1 หนึ่งหัวข้อ", "Headings are in order, with one h1"),
    Text("ใช้ h1 หนึ่งหัวข้อ แล้ว h2 h3 ตามลำดับ", "Use one h1, then h2, h3 in their order."),
)
async def headings(trial: Trial) -> AsyncIterator[str]:
    """One h1, and no level is left out."""
    async for page in _pages(trial):
        if not page.is_whole:
            continue
        levels = [int(one.tag[1]) for one in page.tree.every(*_HEADINGS)]
        if levels.count(1) != 1:
            yield f"{page.told} has {levels.count(1)} h1"
        for before, after in pairwise(levels):
            if after > before + 1:
                yield f"{page.told} goes from h{before} to h{after}"


@SHELF.check(
    "markup.titled",
    Level.SILVER,
    Text("หน้ามีภาษา ชื่อ และส่วนหลัก", "Pages tell their language, title and main part"),
    Text("ต่อยอดจาก core/base.html หรือ core/desk.html", "Extend core/base.html or core/desk.html."),
)
async def titled(trial: Trial) -> AsyncIterator[str]:
    """Html has lang, there is a title, there is one main."""
    for language in ("th", "en"):
        async for page in _pages(trial, language=language):
            if not page.is_whole:
                continue
            root = next(page.tree.every("html"), None)
            title = next(page.tree.every("title"), None)
            if root is None or root.attributes.get("lang") != language:
                yield f"{page.told} does not say lang={language}"
            if title is None or not title.text:
                yield f"{page.told} has no title"
            if len(list(page.tree.every("main"))) != 1:
                yield f"{page.told} has not one main"


@SHELF.check(
    "markup.unique",
    Level.SILVER,
    Text("ไม่มี id ซ้ำในหน้า", "No id is there twice"),
    Text("ตั้ง id ให้ต่างกัน", "Give each element an id of its own."),
)
async def unique(trial: Trial) -> AsyncIterator[str]:
    """Each id stands once on its page."""
    async for page in _pages(trial):
        ids = [one.attributes["id"] for one in page.tree.walk() if one.attributes.get("id")]
        for one in sorted({one for one in ids if ids.count(one) > 1}):
            yield f"{page.told}: id {one!r}"


@SHELF.check(
    "markup.tables",
    Level.SILVER,
    Text("ตารางมีหัวคอลัมน์", "Tables have headings"),
    Text(
        "ใช้แมโคร table ของ core/parts/tables.html", "Use the macro table of core/parts/tables.html."
    ),
)
async def tables(trial: Trial) -> AsyncIterator[str]:
    """Each table has headings."""
    async for page, one in _every(trial, "table"):
        if not any(one.every("th")):
            yield f"{page.told}: the table in line {one.line}"


@SHELF.check(
    "markup.plain",
    Level.GOLD,
    Text("ใช้ได้เมื่อปิด JavaScript", "It works without JavaScript"),
    Text("ใส่ method และ action คู่กับ hx-…", "Put method and action beside hx-…."),
)
async def plain(trial: Trial) -> AsyncIterator[str]:
    """What htmx sends can be sent without it."""
    async for page, one in _every(trial, "a", "button", *_FIELDS):
        sends = one.attributes.keys() & {"hx-post", "hx-put", "hx-delete", "hx-patch"}
        if sends and not any(above.tag == "form" for above in (one, *one.above())):
            yield f"{page.told}: {one.tag} in line {one.line} is in no form"
        if one.attributes.get("href", "").strip() in ("#", "javascript:void(0)"):
            yield f"{page.told}: a link in line {one.line} leads nowhere"


@SHELF.check(
    "markup.english",
    Level.GOLD,
    Text("หน้าภาษาอังกฤษระบุส่วนที่เป็นไทย", "English pages mark what is in Thai"),
    Text(
        "ใช้ตัวกรอง keep หรือแมโคร said กับข้อความที่คนพิมพ์",
        "Put what people wrote through the filter keep, or the macro said.",
    ),
)
async def english(trial: Trial) -> AsyncIterator[str]:
    """Thai letters on an English page stand in lang="th"."""
    async for page, main in _every(trial, "main", language="en"):
        for word in _unmarked(main):
            yield f"{page.told}: {word[:60]!r}"


def _unmarked(one: Element) -> Iterator[str]:
    if one.attributes.get("lang") == "th" or one.tag in ("script", "style"):
        return
    for part in one.inside:
        if isinstance(part, Element):
            yield from _unmarked(part)
        elif THAI.search(part):
            yield part.strip()
