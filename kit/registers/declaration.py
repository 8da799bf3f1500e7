"""What a plugin says about a register of its own that is taken over from files."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any, Generic

import msgspec

from core.api import Context, Text
from kit.documents import Fault
from kit.registers.rows import Parsed, R
from kit.registers.tables import ImportedOfTenant

_FILE = Text("ไฟล์ทะเบียนที่ใช้อยู่", "The register that you have")


def _nothing(_rows: Sequence[Any]) -> dict[str, Any]:
    return {}


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the pages.

    :param title: of the page that asks for a file.
    :param unit: what one row is, as it follows a number: แห่ง, places.
    :param back: from where one comes: its address, and what it is called.
    :param register: address of the register, where one goes on.
    :param file: what is asked for.
    :param notes: what an officer should know about the columns.
    """

    title: Text
    unit: Text
    back: tuple[str, Text]
    register: str
    file: Text = _FILE
    notes: tuple[Text, ...] = ()


class Held(msgspec.Struct, Generic[R], frozen=True):
    """Rows that were held against the register.

    :param new: those that can be entered.
    :param known: for each that the register has, where it is.
    :param faults: what only the register shows to be wrong.
    """

    new: list[R]
    known: list[Fault]
    faults: list[Fault] = []


class Register(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """A register that is taken over from files.

    :param path: address of the page that asks for a file; the others follow below it.
    :param permission: of who may take over.
    :param action: by which it is recorded.
    :param table: of the files that were sent.
    :param columns: what offices call the columns; the first name is shown.
    :param needed: the columns without which no row is read.
    :param reader: returns how a table is read, with what the rows are compared with; it may refuse.
    :param hold: sorts good rows out against the register.
    :param enter: enters rows and returns how many; somebody else may have been faster with some.
    :param lock: where given, lets nobody else enter rows until the end, before they are held.
    :param seen: what is kept of the good rows, for ``template`` to show.
    :param template: of the page of a file; one of the plugin that extends ``registers/file.html``.
    :param names: what codes are called, for that template.
    """

    path: str
    permission: str
    action: str
    table: type[ImportedOfTenant]
    columns: Mapping[str, tuple[str, ...]]
    needed: Collection[str]
    words: Words
    reader: Callable[[Context], Awaitable[Callable[[Sequence[Sequence[Any]]], Parsed[R]]]]
    hold: Callable[[Context, Sequence[R]], Awaitable[Held[R]]]
    enter: Callable[[Context, Sequence[R]], Awaitable[int]]
    lock: Callable[[Context, Sequence[R]], Awaitable[None]] | None = None
    seen: Callable[[Sequence[R]], dict[str, Any]] = _nothing
    template: str = "registers/file.html"
    names: Mapping[str, Mapping[str, Text]] = {}
