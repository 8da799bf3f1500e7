"""Write the files of a new plugin from what its author answered."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.errors import Conflict, InvalidInput
from core.manifest import NAME
from core.text import Text

_DATA = Path(__file__).with_name("data")
_SUFFIX = ".txt"
LONGEST_TITLE = 80
MOST_DAYS = 365
_FEE = re.compile(r"\d{1,7}(\.\d{2})?")

_WRONG_NAME = Text(
    "ชื่อใช้ตัวอักษรอังกฤษตัวเล็ก ตัวเลข และ _ ไม่เกิน 31 ตัว ขึ้นต้นด้วยตัวอักษร",
    "A name is up to 31 small letters, digits and _, a letter first.",
)
_WRONG_TITLE = Text(
    "ชื่อบริการต้องมีทั้งภาษาไทยและภาษาอังกฤษ ไม่เกิน 80 ตัวอักษร",
    "Give the title in Thai and in English, each of up to 80 letters.",
)
_WRONG_UNIT = Text(
    "ไม่มีกองนี้ เลือกหนึ่งจาก {units}", "There is no such division; choose one of {units}."
)
_WRONG_FEE = Text(
    "ค่าธรรมเนียมเป็นบาท เช่น 20 หรือ 20.50 ถ้าไม่เก็บใส่ 0",
    "The fee is in baht, such as 20 or 20.50; 0 for none.",
)
_WRONG_DAYS = Text("จำนวนวันทำการ ตั้งแต่ 1 ถึง 365", "Give 1 to 365 working days.")
_THERE = Text(
    "มีโฟลเดอร์ {folder} อยู่แล้ว จึงไม่ได้เขียนอะไร",
    "There is a folder {folder} already; nothing was written.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is known of a plugin that is to be made.

    :ivar unit: id of the division that owns the service.
    :ivar fee: satang.
    :ivar days: working days until the service has to be done.
    """

    name: str
    title: Text
    unit: str
    fee: int
    days: int


def read_name(typed: str) -> str:
    """Return the name of a plugin.

    :raises InvalidInput: it is none.
    """
    if not NAME.fullmatch(typed):
        raise InvalidInput({"name": _WRONG_NAME})
    return typed


def read_title(typed: str) -> Text:
    """Return what a service is called, of ``Thai / English``.

    :raises InvalidInput: one of them is missing or too long.
    """
    thai, _, english = (one.strip() for one in typed.partition("/"))
    if not all(0 < len(one) <= LONGEST_TITLE for one in (thai, english)):
        raise InvalidInput({"title": _WRONG_TITLE})
    return Text(thai, english)


def read_unit(typed: str, units: Sequence[str]) -> str:
    """Return the id of a division.

    :param units: those that there are.
    :raises InvalidInput: it is none of them.
    """
    if typed not in units:
        raise InvalidInput({"unit": _WRONG_UNIT.format(units=", ".join(units))})
    return typed


def read_fee(typed: str) -> int:
    """Return satang, of baht.

    :raises InvalidInput: it is no amount.
    """
    if not _FEE.fullmatch(typed):
        raise InvalidInput({"fee": _WRONG_FEE})
    baht, _, satang = typed.partition(".")
    return 100 * int(baht) + int(satang or 0)


def read_days(typed: str) -> int:
    """Return working days.

    :raises InvalidInput: it is no number, or out of bounds.
    """
    if not re.fullmatch(r"\d{1,3}", typed) or not 1 <= int(typed) <= MOST_DAYS:
        raise InvalidInput({"days": _WRONG_DAYS})
    return int(typed)


def demand_free(folder: Path) -> None:
    """Return where nothing is in the way of a new plugin.

    :raises Conflict: the folder is there already.
    """
    if folder.exists():
        raise Conflict(_THERE.format(folder=folder))


def write_plugin(answers: Answers, folder: Path) -> None:
    """Write a plugin's distribution into a new folder.

    :raises Conflict: the folder is there already.
    """
    try:
        folder.mkdir(parents=True)
    except FileExistsError as problem:
        raise Conflict(_THERE.format(folder=folder)) from problem
    environment = Environment(
        loader=FileSystemLoader(_DATA),
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        keep_trailing_newline=True,
        trim_blocks=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - these are files of code, not pages
    )
    environment.filters["quoted"] = _quoted
    values = {**asdict(answers), "title": answers.title, "package": f"thongthin_{answers.name}"}
    for source in sorted(_DATA.rglob(f"*{_SUFFIX}")):
        path = source.relative_to(_DATA).as_posix()
        target = folder / path.removesuffix(_SUFFIX).replace("NAME", answers.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = environment.get_template(path).render(**values)
        target.write_text(text, encoding="utf-8")


def _quoted(text: str) -> str:
    """Return a text as Python, TOML and Jinja alike write it in quotation marks."""
    return json.dumps(text, ensure_ascii=False)
