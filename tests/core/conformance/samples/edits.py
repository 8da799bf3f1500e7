"""Broken plugins, each made from the sound one by a change of some words."""

from pathlib import Path
from typing import NamedTuple

from core.scaffolding.making import Answers, write_plugin
from core.text import Text

SOUND = Answers(
    name="library", title=Text("บัตรห้องสมุด", "Library card"), unit="clerk", fee=2000, days=5
)
PACKAGE = "thongthin_library"
PLUGIN = f"{PACKAGE}/plugin.py"
ROUTES = f"{PACKAGE}/routes.py"
REGISTER = f"{PACKAGE}/service/register.py"
SERVICES = f"{PACKAGE}/services.py"
TABLES = f"{PACKAGE}/tables.py"
PAGE = f"{PACKAGE}/templates/register.html"
MIGRATION = f"{PACKAGE}/piccolo_migrations/library_2026_01_01_01_register.py"


END = "at the end"


class Edit(NamedTuple):
    """``old`` becomes ``new`` in a file, everywhere; of an empty ``old`` the file is made anew."""

    file: str
    old: str
    new: str


def after(file: str, new: str) -> Edit:
    """Put lines at the end of a file."""
    return Edit(file, END, new)


def write_sound(folder: Path) -> None:
    """Write the sound plugin."""
    write_plugin(SOUND, folder)


def write_broken(folder: Path, *edits: Edit) -> None:
    """Write a plugin with some changes.

    :raises ValueError: a change finds nothing to change.
    """
    write_sound(folder)
    for edit in edits:
        path = folder / edit.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if edit.old == "":
            path.parent.mkdir(parents=True, exist_ok=True)
            text = edit.new
        elif edit.old == END:
            text += edit.new
        elif edit.old in text:
            text = text.replace(edit.old, edit.new)
        else:
            raise ValueError(f"{edit.file} has no {edit.old!r}")
        path.write_text(text, encoding="utf-8")
