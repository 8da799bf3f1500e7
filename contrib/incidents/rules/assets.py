"""Public assets: what kinds there are, whose they are, and what their codes look like."""

import re
from collections.abc import Mapping

import msgspec

from contrib.incidents.rules.book import DATA
from core.api import Text
from kit.thai import Unreadable, ascii_digits

OURS = "lao"
USED, REMOVED = "used", "removed"
STATES: Mapping[str, Text] = {
    USED: Text("ใช้งาน", "In use"),
    REMOVED: Text("รื้อถอนแล้ว", "Removed"),
}
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,28}[A-Z0-9]")
_NO_CODE = Text(
    "รหัสใช้ตัวอักษรอังกฤษ ตัวเลข และขีดกลาง 2 ถึง 30 ตัว เช่น MH-0123",
    "A code has 2 to 30 Latin letters, digits and hyphens, such as MH-0123.",
)


class _Kind(msgspec.Struct, frozen=True):
    code: str
    title: Text


class Owner(msgspec.Struct, frozen=True):
    """Whose assets are.

    :param agency: to whom reports about them are passed on; empty for the office itself.
    """

    code: str
    title: Text
    agency: Text


class _File(msgspec.Struct):
    about: str
    owners: tuple[Owner, ...]
    kinds: tuple[_Kind, ...]


_FILE = msgspec.json.decode((DATA / "assets.json").read_bytes(), type=_File)
KINDS: Mapping[str, Text] = {one.code: one.title for one in _FILE.kinds}
OWNERS: Mapping[str, Owner] = {one.code: one for one in _FILE.owners}


def read_code(typed: str) -> str:
    """Return the code of an asset as it is kept; small letters and Thai digits are taken.

    :raises Unreadable: it is none.
    """
    code = ascii_digits("".join(typed.split())).upper()
    if not _CODE.fullmatch(code):
        raise Unreadable(_NO_CODE)
    return code
