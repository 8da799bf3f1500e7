"""What officers enter about an asset."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contrib.incidents.rules.assets import KINDS, OWNERS, STATES
from contrib.incidents.rules.rows import LONGEST
from core.api import Text
from kit.forms import AnyField, Choice, Day, Groups, Line, Option, Pin, ungrouped

_CODE = Line(
    "code",
    Text("รหัส", "Code"),
    longest=30,
    help=Text(
        "ตัวอักษรอังกฤษ ตัวเลข และขีดกลาง เช่น MH-0123 อยู่บนป้ายและใน QR แก้ภายหลังไม่ได้",
        "Latin letters, digits and hyphens, such as MH-0123. It is on the label and stays.",
    ),
)
_FACTS: tuple[AnyField, ...] = (
    Choice(
        "kind",
        Text("ประเภท", "Kind"),
        options=tuple(Option(code, words) for code, words in KINDS.items()),
    ),
    Choice(
        "owner",
        Text("เจ้าของ", "Owner"),
        options=tuple(Option(one.code, one.title) for one in OWNERS.values()),
    ),
    Line("lamp", Text("ชนิดโคม", "Lamp"), longest=LONGEST["lamp"], required=False),
    Line("place", Text("ที่ตั้ง", "Where it stands"), longest=LONGEST["place"], required=False),
    Pin("pin", Text("ตำแหน่ง", "Position")),
    Day("repaired_on", Text("ซ่อมล่าสุด", "Last repair"), latest_days=0, required=False),
)
_STATE = Choice(
    "state",
    Text("สถานะ", "State"),
    options=tuple(Option(code, words) for code, words in STATES.items()),
)
NEW: Groups = ungrouped(_CODE, *_FACTS)
CHANGE: Groups = ungrouped(*_FACTS, _STATE)


def facts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns of an asset from what was read of either form."""
    pin, day = values["pin"], values.get("repaired_on")
    facts = {
        "kind": values["kind"],
        "owner": values["owner"],
        "lamp": values.get("lamp", ""),
        "place": values.get("place", ""),
        "lat": pin["lat"],
        "lon": pin["lon"],
        "repaired_on": date.fromisoformat(day) if day else None,
    }
    return facts | {name: values[name] for name in ("code", "state") if name in values}


def values_of(asset: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in the form for an asset."""
    pin = {"lat": asset["lat"], "lon": asset["lon"]}
    names = ("kind", "owner", "lamp", "place", "state")
    values = {name: asset[name] for name in names if asset[name]} | {"pin": pin}
    return values | (
        {"repaired_on": asset["repaired_on"].isoformat()} if asset["repaired_on"] else {}
    )
