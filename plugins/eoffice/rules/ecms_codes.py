"""The codes of eCMS: speed, secrecy, kinds of files."""

from pathlib import Path

import msgspec

from core.api import Text
from kit.thai import ascii_digits
from plugins.eoffice.rules.parcels import Secrecy, Speed


class SpeedCode(msgspec.Struct, frozen=True):
    """A speed (ชั้นความเร็ว) and its code of three digits."""

    code: str
    speed: Speed
    label: Text


class SecretCode(msgspec.Struct, frozen=True):
    """A level of secrecy (ชั้นความลับ) and its code.

    :param secrecy: as it is kept here; None of what is not taken.
    """

    code: str
    secrecy: Secrecy | None
    label: Text


class FileKind(msgspec.Struct, frozen=True):
    """A kind of file that nodes carry.

    :param also: other names under which programs send it.
    """

    extension: str
    mime: str
    also: tuple[str, ...]


class _Lists(msgspec.Struct):
    speeds: tuple[SpeedCode, ...]
    secrets: tuple[SecretCode, ...]
    files: tuple[FileKind, ...]


_FILE = Path(__file__).parents[1] / "data" / "ecms.json"
_LISTS = msgspec.json.decode(_FILE.read_bytes(), type=_Lists)

SPEED_CODES = {one.speed: one.code for one in _LISTS.speeds}
SECRET_CODES = {one.secrecy: one.code for one in _LISTS.secrets if one.secrecy is not None}
_SPEEDS = {one.code: one.speed for one in _LISTS.speeds}
_SECRETS = {one.code: one for one in _LISTS.secrets}
_KINDS = {name: one for one in _LISTS.files for name in (one.mime, one.extension, *one.also)}


def speed_of(code: str) -> Speed | None:
    """Return the speed of a code; None of an unknown one."""
    return _SPEEDS.get(_digits(code))


def secrecy_of(code: str) -> SecretCode | None:
    """Return the level of a code, taken or not; None of an unknown one."""
    return _SECRETS.get(_digits(code))


def kind_of(mime: str) -> FileKind | None:
    """Return the kind of file under any of its names, parameters left aside; None if unknown."""
    return _KINDS.get(mime.partition(";")[0].strip().lower().removeprefix("."))


def _digits(code: str) -> str:
    return ascii_digits(code.strip()).zfill(3)
