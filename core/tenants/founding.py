"""What a municipality begins with: its kind, read from its name, and the usual divisions."""

from pathlib import Path
from typing import Any

import msgspec

from core.errors import InvalidInput
from core.tenants.tenant import Tenant, Unit
from core.text import Text

NO_KIND = Text(
    "ชื่อต้องขึ้นต้นด้วยประเภท เช่น เทศบาลตำบล องค์การบริหารส่วนตำบล",
    "A name begins with the kind, e.g. เทศบาลตำบล or องค์การบริหารส่วนตำบล.",
)
_USUAL = Path(__file__).with_name("data") / "units.json"


def new_tenant(
    id: str,
    *,
    name: str,
    name_en: str,
    place: str = "",
    place_en: str = "",
    **more: Any,
) -> Tenant:
    """Return a municipality with the divisions that its kind usually has.

    The office changes them: by law a mayor decides on the divisions with the ministry's
    approval (Municipality Act B.E. 2496, s. 48 atthārasa).

    :param name: official, in Thai: it begins with the kind.
    :param more: further fields of :class:`Tenant`.
    :raises InvalidInput: the name begins with no kind.
    """
    usual = msgspec.json.decode(_USUAL.read_bytes())
    kind = _kind(usual, name)
    if kind is None:
        raise InvalidInput({"name": NO_KIND})
    units = {
        unit["id"]: Unit(
            id=unit["id"], kind=unit["kind"], name=Text(*unit.get("name", kind["clerk"]))
        )
        for unit in usual["units"]
        if unit["id"] in kind.get("units", [unit["id"]])
    }
    return Tenant(
        id=id,
        kind=kind["kind"],
        name=Text(name, name_en),
        place=Text(place, place_en),
        address=more.pop("address", Text(place, place_en)),
        units=units,
        **more,
    )


def kind_of(name: str) -> str | None:
    """Return the kind with which an official name in Thai begins; None for no kind."""
    kind = _kind(msgspec.json.decode(_USUAL.read_bytes()), name)
    return kind["kind"] if kind else None


def _kind(usual: dict[str, Any], name: str) -> dict[str, Any] | None:
    return next((one for one in usual["kinds"] if name.startswith(one["kind"])), None)
