"""Checks of templates as they are written."""

import re
from collections.abc import Iterator

from core.conformance.check import Level, Shelf
from core.conformance.subject import Subject
from core.text import Text

SHELF = Shelf()

_OWN = re.compile(r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)|javascript:")
_FOREIGN = re.compile(r"(?:src|srcset|poster|action|data)=[\"'](?:https?:)?//|<(?:link|iframe)\b")
_FORM = re.compile(r"<form\b[^>]*method=[\"']post.*?</form>", re.DOTALL | re.IGNORECASE)
# A sentence of the template's own is safe; what is handed to it is made Markup in code.
_SENTENCE = re.compile(r"""\bt\(("[^"]*"|'[^']*'),\s*("[^"]*"|'[^']*')\)\s*\|\s*safe\b""")
_UNSAFE = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape")
_LONGEST = 150


@SHELF.check(
    "templates.strict",
    Level.BRONZE,
    Text("เทมเพลตไม่มีสคริปต์หรือสไตล์ในตัว", "Templates hold no script and no style of their own"),
    Text(
        "ย้ายไปไว้ใน static/ แล้วเรียกด้วย asset(…) เพราะหน้าเว็บใช้ CSP เข้มงวด",
        "Move it into static/ and name it by asset(…): the pages have a strict policy (CSP).",
    ),
)
def strict(subject: Subject) -> Iterator[str]:
    """No inline script, style or handler."""
    for place, found in subject.search(_OWN, subject.templates):
        yield f"{place}: {found.strip()!r}"


@SHELF.check(
    "templates.own",
    Level.BRONZE,
    Text("เทมเพลตไม่โหลดจากที่อื่น", "Templates load nothing from elsewhere"),
    Text("นำไฟล์มาไว้ใน static/ ของปลั๊กอิน", "Bring the file into static/ of the plugin."),
)
def own(subject: Subject) -> Iterator[str]:
    """Nothing is loaded from other hosts."""
    for place, found in subject.search(_FOREIGN, subject.templates):
        yield f"{place}: {found!r}"


@SHELF.check(
    "templates.escaped",
    Level.BRONZE,
    Text("ข้อความถูกทำให้ปลอดภัยเสมอ", "What people wrote is always escaped"),
    Text("ลบ |safe และสร้าง Markup ในโค้ดแทน", "Remove |safe; make Markup in code, with care."),
)
def escaped(subject: Subject) -> Iterator[str]:
    """No template takes a text for markup."""
    for path in subject.templates:
        for found in _UNSAFE.finditer(_SENTENCE.sub("", path.read_text(encoding="utf-8"))):
            yield f"{subject.inside(path)}: {found[0]!r}"


@SHELF.check(
    "templates.sent",
    Level.BRONZE,
    Text("ฟอร์มที่ส่งข้อมูลมีรหัสกันปลอม", "Forms that send have the token against forgery"),
    Text("ใส่ {{ csrf_input }} ในฟอร์ม", "Put {{ csrf_input }} into the form."),
)
def sent(subject: Subject) -> Iterator[str]:
    """Each form that posts carries the token."""
    for place, found in subject.search(_FORM, subject.templates):
        if "csrf_input" not in found:
            yield f"{place}: {found[:60]!r}"


@SHELF.check(
    "sizes.templates",
    Level.SILVER,
    Text("เทมเพลตไม่เกิน 150 บรรทัด", "Templates have at most 150 lines"),
    Text("แยกส่วนเป็นแมโครในไฟล์อื่น", "Move parts into macros of another file."),
)
def small(subject: Subject) -> Iterator[str]:
    """No template is too long."""
    for path in subject.templates:
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > _LONGEST:
            yield f"{subject.inside(path)} has {lines} lines"
