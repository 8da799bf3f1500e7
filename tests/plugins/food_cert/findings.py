"""What an inspector finds in a place, as the service and as the form take it."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from PIL import Image

from kit.thai import BANGKOK
from plugins.food_cert.rules.hygiene import CHECKLISTS, FAIL, PASS, Found

SELL = CHECKLISTS["sell-2561"]
CODES = [item.code for item in SELL.items]
ALL_PASS = dict.fromkeys(CODES, PASS)
# A cook who is ill: one item that alone fails the inspection.
ILL = {"4.2": FAIL}


def found(at: datetime, failed: dict[str, str] | None = None, **more: Any) -> Found:
    facts: dict[str, Any] = {
        "reason": "yearly",
        "told": dict.fromkeys(failed or {}, "ให้แก้ไข"),
    } | more
    return Found(made_at=at, checklist=SELL, answers=ALL_PASS | (failed or {}), **facts)


def day_fields(name: str, day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year + 543}
    return {f"{name}.{part}": str(number) for part, number in parts.items()}


def typed(at: datetime, failed: dict[str, str] | None = None, **more: str) -> dict[str, str]:
    local = at.astimezone(BANGKOK)
    answers = {f"item_{code}": given for code, given in (ALL_PASS | (failed or {})).items()}
    told = {f"told_{code}": f"แก้ข้อ {code}" for code in failed or {}}
    when = day_fields("made_on", local.date()) | {"made_time": f"{local:%H.%M}"}
    about = {"checklist": SELL.code, "reason": "yearly", "remarks": ""}
    return answers | told | when | about | more


def jpeg(colour: str = "olive") -> bytes:
    picture, out, exif = Image.new("RGB", (800, 600), colour), BytesIO(), Image.Exif()
    exif[0x010F] = "SecretPhone"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
