"""What an administrator changes about the office: names, colour, logo, divisions."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from core import audit, db, pictures
from core.context import Context
from core.errors import InvalidInput, NotFound
from core.http.theme import palette
from core.identity.identifiers import plain_digits, read_email
from core.tenants.directory import announce_change
from core.tenants.founding import NO_KIND, kind_of
from core.tenants.tables import Division, Logo, Municipality
from core.text import Text

# What is typed of the office, each with its length; those in _NEEDED may not be empty.
FIELDS: Mapping[str, int] = {
    "name_th": 200,
    "name_en": 200,
    "place_th": 200,
    "place_en": 200,
    "address_th": 400,
    "address_en": 400,
    "phone": 20,
    "email": 200,
    "brand": 7,
}
_NEEDED: Mapping[str, Text] = {
    "name_th": Text("กรอกชื่อภาษาไทย", "Fill in the name in Thai."),
    "name_en": Text("กรอกชื่อภาษาอังกฤษ", "Fill in the name in English."),
    "address_th": Text("กรอกที่อยู่สำนักงาน", "Fill in the address of the office in Thai."),
    "address_en": Text("กรอกที่อยู่สำนักงาน ภาษาอังกฤษ", "Fill in the address of the office in English."),
}
LOGO_SIDE = 256  # pixels; it is shown at 44, and on screens of four times that
LOGO_BYTES = 5 * 1024 * 1024

_PHONE = re.compile(r"[0-9][0-9 -]{2,19}")
_UNIT_ID = re.compile(r"[a-z][a-z0-9-]{1,39}")

_TOO_LONG = Text("ยาวเกิน {most} ตัวอักษร ย่อให้สั้นลง", "Longer than {most} characters. Shorten it.")
_NO_PHONE = Text(
    "เบอร์โทรศัพท์มีเฉพาะตัวเลข ช่องว่าง และขีด เช่น 053-276-491",
    "A phone number has digits, spaces and hyphens, such as 053-276-491.",
)
_NO_FILE = Text("เลือกไฟล์ภาพตราของหน่วยงาน", "Choose the picture of the office's logo.")
_LARGE_FILE = Text("ไฟล์ใหญ่เกิน 5 เมกะไบต์ ย่อขนาดก่อน", "The file has more than 5 MB. Make it smaller.")
_NO_UNIT_ID = Text(
    "ใช้ a–z 0–9 และขีด เช่น social-welfare", "Use a–z, 0–9 and hyphens, such as social-welfare."
)
_UNIT_TAKEN = Text("มีส่วนราชการรหัสนี้แล้ว ใช้รหัสอื่น", "There is such a division. Use another code.")
_NO_UNIT = Text("ไม่พบส่วนราชการนี้", "There is no such division.")
_NO_PARENT = Text("เลือกส่วนราชการจากรายการ", "Choose a division from the list.")


def known(ctx: Context) -> dict[str, str]:
    """Return what is known of the office as a form shows it."""
    tenant = ctx.tenant
    texts = {"name": tenant.name, "place": tenant.place, "address": tenant.address}
    values = {f"{name}_th": text.th for name, text in texts.items()}
    values |= {f"{name}_en": text.en for name, text in texts.items()}
    return values | {"phone": tenant.phone, "email": tenant.email, "brand": tenant.brand}


def check_office(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns of the municipality for what was typed.

    :raises InvalidInput: naming every field that is wrong.
    """
    problems: dict[str, Text] = {}
    values: dict[str, Any] = {name: _words(typed, name, problems) for name in FIELDS}
    if "name_th" not in problems:
        values["kind"] = kind_of(values["name_th"])
        if values["kind"] is None:
            problems["name_th"] = NO_KIND
    values["phone"] = plain_digits(values["phone"])
    if values["phone"] and not _PHONE.fullmatch(values["phone"]):
        problems["phone"] = _NO_PHONE
    email = read_email(values["email"]) if values["email"] else ""
    if isinstance(email, Text):
        problems["email"] = email
    values["email"] = email
    try:
        palette(values["brand"])
    except InvalidInput as wrong:
        problems |= wrong.problems
    if problems:
        raise InvalidInput(problems)
    return values


def _words(typed: Mapping[str, str], name: str, problems: dict[str, Text]) -> str:
    text = " ".join(typed.get(name, "").split())
    if len(text) > FIELDS[name]:
        problems[name] = _TOO_LONG.format(most=FIELDS[name])
    elif not text and name in _NEEDED:
        problems[name] = _NEEDED[name]
    return text


async def change_office(ctx: Context, typed: Mapping[str, str]) -> None:
    """Keep what was typed of the office; every page follows within two seconds.

    :raises InvalidInput: naming every field that is wrong.
    """
    values = check_office(typed)
    async with db.transaction(ctx):
        row = await Municipality.select().where(Municipality.id == ctx.tenant.id).first()
        before = row or {}
        changed = sorted(name for name, value in values.items() if before.get(name) != value)
        if not changed:
            return
        await Municipality.update({name: values[name] for name in changed}).where(
            Municipality.id == ctx.tenant.id
        )
        subject = f"tenant/{ctx.tenant.id}"
        was = {name: before.get(name) for name in changed}
        await audit.record(
            ctx, "core.tenant.changed", subject, was=was, now={one: values[one] for one in changed}
        )
        await announce_change(ctx.tenant)


async def set_logo(ctx: Context, raw: bytes) -> None:
    """Keep a picture as the office's logo, written anew as PNG of at most 256 pixels a side.

    :raises InvalidInput: for the field ``logo``: it is no picture, or too large.
    """
    if not raw or len(raw) > LOGO_BYTES:
        raise InvalidInput({"logo": _LARGE_FILE if raw else _NO_FILE})
    try:
        image, _ = pictures.open_clean(raw, longest=LOGO_SIDE)
    except pictures.PictureRefused as refused:
        raise InvalidInput({"logo": refused.sentence}) from refused
    await _replace_logo(ctx, pictures.write(image, "PNG"))


async def remove_logo(ctx: Context) -> None:
    """Show the seal of the platform again."""
    await _replace_logo(ctx, None)


async def _replace_logo(ctx: Context, data: bytes | None) -> None:
    digest = sha256(data).hexdigest()[:16] if data else ""
    async with db.transaction(ctx):
        await Logo.delete().where(Logo.of(ctx))
        if data:
            await Logo.insert(Logo(tenant_id=ctx.tenant.id, digest=digest, data=data))
        await audit.record(ctx, "core.tenant.logo_set", f"tenant/{ctx.tenant.id}", digest=digest)
        await announce_change(ctx.tenant)


async def logo(ctx: Context, digest: str) -> bytes:
    """Return the office's logo.

    :raises NotFound: it has another by now, or none.
    """
    async with db.transaction(ctx):
        row = await Logo.select(Logo.data).where(Logo.of(ctx), Logo.digest == digest).first()
    if row is None:
        raise NotFound(Text("ไม่พบรูปนี้", "There is no such picture."))
    return bytes(row["data"])


async def keep_unit(
    ctx: Context, unit: str, *, name_th: str, name_en: str, parent: str = "", new: bool = False
) -> None:
    """Rename a division, or with ``new`` add one at the end; none is ever removed.

    Cases, papers and roles of all years name divisions, so their ids stay.

    :raises InvalidInput: naming every field that is wrong.
    :raises NotFound: there is no such division.
    """
    problems: dict[str, Text] = {}
    typed = {"name_th": name_th, "name_en": name_en}
    names = {name: _words(typed, name, problems) for name in typed}
    if new and not _UNIT_ID.fullmatch(unit):
        problems["id"] = _NO_UNIT_ID
    if new and parent and parent not in ctx.tenant.units:
        problems["parent"] = _NO_PARENT
    if problems:
        raise InvalidInput(problems)
    async with db.transaction(ctx):
        await (_add_unit(ctx, unit, names, parent) if new else _rename_unit(ctx, unit, names))
        action = "core.unit.added" if new else "core.unit.changed"
        await audit.record(ctx, action, f"unit/{unit}", names=names)
        await announce_change(ctx.tenant)


async def _add_unit(ctx: Context, unit: str, names: Mapping[str, str], parent: str) -> None:
    row = {
        "tenant_id": ctx.tenant.id,
        "id": unit,
        "parent": parent or None,
        "kind": "",
        "name_th": names["name_th"],
        "name_en": names["name_en"],
        "position": len(ctx.tenant.units),
    }
    if not await db.add(Division, row, unless=("tenant_id", "id")):
        raise InvalidInput({"id": _UNIT_TAKEN})


async def _rename_unit(ctx: Context, unit: str, names: Mapping[str, str]) -> None:
    changed = (
        await Division.update(
            {Division.name_th: names["name_th"], Division.name_en: names["name_en"]}
        )
        .where(Division.of(ctx), Division.id == unit)
        .returning(Division.id)
    )
    if not changed:
        raise NotFound(_NO_UNIT)
