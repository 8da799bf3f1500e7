"""``thongthin plugin new``: four answers make a plugin that works."""

import argparse
from pathlib import Path

import msgspec

from core.commands.surroundings import say
from core.scaffolding.making import read_answers, write_plugin
from core.settings import Settings
from core.tenants import founding
from core.text import Text

_TITLE = Text(
    "บริการชื่ออะไร (ไทย / อังกฤษ คั่นด้วย /)", "What is the service called (Thai / English, with a /)"
)
_UNIT = Text("กองใดเป็นเจ้าของบริการ ({units})", "Which division is it for ({units})")
_FEE = Text("ค่าธรรมเนียมกี่บาท (0 ถ้าไม่เก็บ)", "What does it cost, in baht (0 for nothing)")
_DAYS = Text("แล้วเสร็จภายในกี่วันทำการ", "Within how many working days is it done")
_UNITS = Path(founding.__file__).with_name("data") / "units.json"


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
    """Ask what was not given, write the plugin, and say how to go on; 1 for a wrong division."""
    units = _units()
    title = arguments.title or _ask(_TITLE)
    thai, _, english = (one.strip() for one in title.partition("/"))
    unit = arguments.unit or _ask(_UNIT.format(units=", ".join(units)))
    if unit not in units:
        say(f"There is no division {unit!r}; choose one of {', '.join(units)}.")
        return 1
    answers = read_answers(
        name=arguments.name,
        title=thai,
        title_en=english,
        unit=unit,
        fee=arguments.fee or _ask(_FEE),
        days=arguments.days or _ask(_DAYS),
    )
    folder = arguments.folder or Path(f"thongthin-{arguments.name.replace('_', '-')}")
    write_plugin(answers, folder)
    say(f"{folder}: {answers.title.th} · {answers.title.en}")
    say(f"  thongthin plugin check {folder}   is it sound, and how good is it")
    say(f"  thongthin plugin dev {folder}     look at it; it follows what you save")
    return 0


def _ask(question: Text) -> str:
    say(question.th)
    return input(f"{question.en}: ").strip()


def _units() -> list[str]:
    return [unit["id"] for unit in msgspec.json.decode(_UNITS.read_bytes())["units"]]
