"""``thongthin plugin new``: four answers make a plugin that works."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from core.commands.surroundings import say
from core.errors import InvalidInput
from core.scaffolding.making import (
    Answers,
    demand_free,
    read_days,
    read_fee,
    read_name,
    read_title,
    read_unit,
    write_plugin,
)
from core.settings import Settings
from core.tenants import founding
from core.text import Text

_TITLE = Text(
    "บริการชื่ออะไร (ไทย / อังกฤษ คั่นด้วย /)", "What is the service called (Thai / English, with a /)"
)
_UNIT = Text("กองใดเป็นเจ้าของบริการ ({units})", "Which division is it for ({units})")
_FEE = Text("ค่าธรรมเนียมกี่บาท (0 ถ้าไม่เก็บ)", "What does it cost, in baht (0 for nothing)")
_DAYS = Text("แล้วเสร็จภายในกี่วันทำการ", "Within how many working days is it done")
_NO_ANSWER = Text(
    "ไม่มีคำตอบ ตอบคำถาม หรือให้คำตอบเป็นตัวเลือก ดู --help",
    "No answer came. Answer the question, or give the answer as an option; see --help.",
)
_UNITS = Path(founding.__file__).with_name("data") / "units.json"

T = TypeVar("T")


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action to the parser."""
    parser = actions.add_parser("new", help="make a new plugin; asks four questions")
    parser.add_argument("name", help="small letters, digits and _, e.g. library")
    parser.add_argument("--folder", type=Path, help="where it is written (thongthin-NAME)")
    parser.add_argument("--title", help="of the service, Thai / English")
    parser.add_argument("--unit", help="id of the division that owns it")
    parser.add_argument("--fee", help="in baht, 0 for none")
    parser.add_argument("--days", help="working days until it is done")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, _settings: Settings) -> int:
    """Ask what was not given, until it can be used; write the plugin, and say how to go on."""
    name = read_name(arguments.name)
    folder = arguments.folder or Path(f"thongthin-{name.replace('_', '-')}")
    demand_free(folder)
    units = _units()
    answers = Answers(
        name=name,
        title=_answer(arguments.title, _TITLE, read_title),
        unit=_answer(
            arguments.unit,
            _UNIT.format(units=", ".join(units)),
            partial(read_unit, units=units),
        ),
        fee=_answer(arguments.fee, _FEE, read_fee),
        days=_answer(arguments.days, _DAYS, read_days),
    )
    write_plugin(answers, folder)
    say(f"{folder}: {answers.title.th} · {answers.title.en}")
    say(f"  thongthin plugin check {folder}   is it sound, and how good is it")
    say(f"  thongthin plugin dev {folder}     look at it; it follows what you save")
    return 0


def _answer(given: str | None, question: Text, read: Callable[[str], T]) -> T:
    """Return what was given, or what is answered; a wrong answer is asked for again."""
    if given is not None:
        return read(given)
    while True:
        say(question.th)
        try:
            return read(input(f"{question.en}: ").strip())
        except EOFError:
            raise InvalidInput({"answer": _NO_ANSWER}) from None
        except InvalidInput as wrong:
            for problem in wrong.problems.values():
                say(f"  {problem.th}\n  {problem.en}")


def _units() -> list[str]:
    return [unit["id"] for unit in msgspec.json.decode(_UNITS.read_bytes())["units"]]
