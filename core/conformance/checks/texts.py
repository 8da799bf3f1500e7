"""Checks of what people read: Thai and English, side by side."""

import ast
import re
from collections.abc import Iterator

from core.conformance.check import Level, Shelf
from core.conformance.sources import Module, called
from core.conformance.subject import Subject
from core.text import Text

SHELF = Shelf()

THAI = re.compile(r"[\u0e00-\u0e7f]")
# A law is cited in its own language.
CITED = re.compile(r"^(พ\.ร\.บ\.|พ\.ร\.ฎ\.|พระราชบัญญัติ|ระเบียบ|กฎกระทรวง|ประกาศ|ประมวลกฎหมาย)")
# Names of laws, words to search by and the like: data that is never shown as a sentence.
DATA_ARGUMENTS = frozenset({"law", "words", "kind"})
_SPOKEN = frozenset({"Text", "_message"})
_PLACE = re.compile(r"\{[a-z_]*\}|%[sd]")
_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_PAIR = re.compile(rf"\bt\(\s*({_QUOTED})\s*,\s*({_QUOTED})\s*\)", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


@SHELF.check(
    "texts.both",
    Level.BRONZE,
    Text("ทุกข้อความมีครบสองภาษา", "Every text is there in both languages"),
    Text("เติมภาษาที่ขาดใน Text(ไทย, อังกฤษ)", "Fill in the language that is missing in Text(…)."),
)
def both(subject: Subject) -> Iterator[str]:
    """No Text is half empty."""
    for module, call, th, en in _texts(subject):
        if bool(th.strip()) != bool(en.strip()):
            yield f"{module.at(call)}: {th or en!r} is there in one language only"


@SHELF.check(
    "texts.places",
    Level.SILVER,
    Text("ที่เว้นในข้อความมีทั้งสองภาษา", "Both languages have places for facts"),
    Text("ใส่ {ชื่อ} ให้ครบทั้งสองภาษา", "Put the {names} into both languages."),
)
def places(subject: Subject) -> Iterator[str]:
    """What is filled in stands in both languages."""
    for module, call, th, en in _texts(subject):
        if bool(_PLACE.search(th)) != bool(_PLACE.search(en)):
            yield f"{module.at(call)}: {en!r} has places in one language only"
    for path in subject.templates:
        for th, en in _PAIR.findall(path.read_text(encoding="utf-8")):
            if bool(_PLACE.search(th)) != bool(_PLACE.search(en)):
                yield f"{subject.inside(path)}: {en} has places in one language only"


@SHELF.check(
    "texts.code",
    Level.SILVER,
    Text("ไม่มีภาษาไทยในโค้ดที่ไม่มีอังกฤษคู่", "No Thai in code without its English"),
    Text(
        "ใช้ Text(ไทย, อังกฤษ) หรือระบุโมดูลที่เป็นเรื่องภาษาไทยใน [tool.thongthin] thai-by-nature",
        "Use Text(…), or name a module that is about Thai in [tool.thongthin] thai-by-nature.",
    ),
)
def code(subject: Subject) -> Iterator[str]:
    """Thai stands beside English, but in modules that are about Thai."""
    for module in subject.modules:
        by_nature = (
            module.dotted == one or module.dotted.startswith(f"{one}.")
            for one in subject.distribution.thai
        )
        if not any(by_nature):
            yield from (f"{module.at(node)}: {node.value!r}" for node in thai_alone(module))


def thai_alone(module: Module) -> Iterator[ast.Constant]:
    """Yield the texts in Thai of a module that have no English beside them."""
    fine = set(module.docstrings)
    for call in module.calls:
        parts = [*call.args, *(one.value for one in call.keywords)] if _is_text(call) else []
        parts += [one.value for one in call.keywords if one.arg in DATA_ARGUMENTS]
        fine |= {id(inner) for part in parts for inner in ast.walk(part)}
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and THAI.search(node.value)
            and not CITED.match(node.value)
            and id(node) not in fine
        ):
            yield node


def _is_text(call: ast.Call) -> bool:
    return called(call) in _SPOKEN


@SHELF.check(
    "texts.templates",
    Level.SILVER,
    Text("ภาษาไทยในเทมเพลตมีอังกฤษคู่", "Thai in templates has its English beside it"),
    Text('เขียน {{ t("ไทย", "อังกฤษ") }}', 'Write {{ t("Thai", "English") }}.'),
)
def templates(subject: Subject) -> Iterator[str]:
    """Thai in templates stands in t(…)."""
    for path in subject.templates:
        text = _PAIR.sub("", _COMMENT.sub("", path.read_text(encoding="utf-8")))
        for line in text.splitlines():
            if THAI.search(line):
                yield f"{subject.inside(path)}: {line.strip()[:80]}"


@SHELF.check(
    "texts.english",
    Level.SILVER,
    Text("ภาษาอังกฤษไม่มีตัวอักษรไทยปน", "The English holds no Thai"),
    Text("แปลส่วนที่ยังเป็นภาษาไทย", "Translate what is still in Thai."),
)
def english(subject: Subject) -> Iterator[str]:
    """The English of a text has no Thai letters."""
    for module, call, _, en in _texts(subject):
        if THAI.search(en):
            yield f"{module.at(call)}: {en!r}"


def _texts(subject: Subject) -> Iterator[tuple[Module, ast.Call, str, str]]:
    for module in subject.modules:
        for call in module.calls:
            match call:
                case ast.Call(
                    func=ast.Name(id="Text"),
                    args=[ast.Constant(value=str(th)), ast.Constant(value=str(en))],
                ):
                    yield module, call, th, en
