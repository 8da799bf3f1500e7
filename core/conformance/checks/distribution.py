"""Checks of how a plugin is handed out."""

import re
from collections.abc import Iterator
from pathlib import Path

from core.conformance.check import Level, Shelf
from core.conformance.checks.texts import THAI
from core.conformance.subject import Subject
from core.text import Text

SHELF = Shelf()

_FOREIGN = re.compile(
    r"\.min\.(js|css)$|\.(ttf|otf|woff2?|eot|whl|so|jar|dll|exe|pyd|tgz|tar\.gz|zip|bin)$|"
    r"(^|/)(node_modules|vendor)/"
)
_VERSION = re.compile(r"\d+\.\d+(\.\d+)?((a|b|rc|\.post|\.dev)\d+)?")
# What a licence is called; a list of all would be somebody else's.
_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")
LARGEST = 500_000  # bytes of one file
SHORTEST = 300  # letters of a README
_UNSEEN = ("__pycache__", ".git", ".venv", "build", "dist")


@SHELF.check(
    "distribution.own",
    Level.BRONZE,
    Text("ไม่มีโค้ด แบบอักษร หรือไบนารีของผู้อื่น", "It brings nobody else's code, fonts or binaries"),
    Text("ให้ตัวติดตั้งดึงจากแหล่งเดิมแทน", "Have it installed from where it comes from."),
)
def own(subject: Subject) -> Iterator[str]:
    """No foreign file lies in the folder."""
    for path in _files(subject):
        if _FOREIGN.search(subject.inside(path)):
            yield subject.inside(path)


@SHELF.check(
    "distribution.light",
    Level.SILVER,
    Text("ไม่มีไฟล์ใหญ่กว่า 500 KB", "No file is larger than 500 KB"),
    Text("ลดขนาดไฟล์ หรือแยกเป็นข้อมูลที่ติดตั้งต่างหาก", "Make it smaller, or install it apart."),
)
def light(subject: Subject) -> Iterator[str]:
    """No file is too large."""
    for path in _files(subject):
        if path.stat().st_size > LARGEST:
            yield f"{subject.inside(path)} has {path.stat().st_size / 1000:,.0f} KB"


def _files(subject: Subject) -> Iterator[Path]:
    for path in sorted(subject.folder.rglob("*")):
        if path.is_file() and not set(path.relative_to(subject.folder).parts) & set(_UNSEEN):
            yield path


@SHELF.check(
    "distribution.readme",
    Level.SILVER,
    Text("มี README ที่บอกว่าทำอะไร", "It has a README that says what it does"),
    Text("เขียน README อย่างน้อย 300 ตัวอักษร", "Write a README of at least 300 letters."),
)
def readme(subject: Subject) -> Iterator[str]:
    """There is a README of some length."""
    length = len(subject.distribution.readme.strip())
    if length < SHORTEST:
        yield f"the README has {length} letters"


@SHELF.check(
    "distribution.bilingual",
    Level.PLATINUM,
    Text("README มีทั้งไทยและอังกฤษ", "The README is in Thai and in English"),
    Text("เติมภาษาที่ขาด", "Add the language that is missing."),
)
def bilingual(subject: Subject) -> Iterator[str]:
    """Both languages are in the README."""
    thai = len(THAI.findall(subject.distribution.readme))
    latin = len(re.findall("[A-Za-z]", subject.distribution.readme))
    if min(thai, latin) < SHORTEST // 3:
        yield f"it has {thai} letters in Thai, {latin} in English"


@SHELF.check(
    "distribution.version",
    Level.SILVER,
    Text("มีเลขรุ่น และตรงกันทุกที่", "It has one version"),
    Text(
        "ใช้เลขรุ่นเดียวใน pyproject.toml และ MANIFEST", "Give pyproject.toml and MANIFEST one version."
    ),
)
def version(subject: Subject) -> Iterator[str]:
    """Manifest and distribution agree on a version."""
    told, handed_out = subject.manifest.version, subject.distribution.version
    if not _VERSION.fullmatch(told):
        yield f"MANIFEST.version is {told!r}"
    if handed_out and handed_out != told:
        yield f"the distribution is {handed_out!r}, MANIFEST.version {told!r}"


@SHELF.check(
    "distribution.licence",
    Level.SILVER,
    Text("ระบุสัญญาอนุญาต", "Its licence is named"),
    Text(
        'ใส่ license = "<ชื่อ SPDX>" ใน pyproject.toml', 'Put license = "<SPDX>" into pyproject.toml.'
    ),
)
def licence(subject: Subject) -> Iterator[str]:
    """The distribution names a licence."""
    if not _LICENCE.fullmatch(subject.distribution.licence):
        yield f"the licence is {subject.distribution.licence!r}"


@SHELF.check(
    "distribution.tested",
    Level.SILVER,
    Text("มีการทดสอบของตนเอง", "It has tests of its own"),
    Text("เขียนการทดสอบในโฟลเดอร์ tests", "Write tests in the folder tests."),
)
def tested(subject: Subject) -> Iterator[str]:
    """There is a test; of an installed distribution nobody can see it."""
    where = subject.distribution
    if where.tests is None:
        if where.root is not None:
            yield "there is no folder of tests"
        return
    tests = [one for path in where.tests.rglob("test_*.py") for one in _tests(path)]
    if not tests:
        yield "there is no test in its folder"


def _tests(path: Path) -> Iterator[str]:
    yield from re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.M)
