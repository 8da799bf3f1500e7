"""Found a municipality with its first administrator, from the operator's desk."""

from collections.abc import Mapping, Sequence

import asyncpg
import msgspec

from core import db
from core.context import Actor, Context
from core.errors import Conflict, InvalidInput
from core.identity import accounts, holders, invitations
from core.operator.filling import Field, faults_of
from core.operator.noting import note_elsewhere, signed
from core.tenants.calendar import fill_holidays
from core.tenants.founding import new_tenant
from core.tenants.service import create_tenant
from core.tenants.tenant import Tenant
from core.text import Text

ADMINISTRATOR = ("title", "first_name", "last_name", "post", "phone", "email")
OFFICE = (
    "id",
    "lao_code",
    "name_th",
    "name_en",
    "place_th",
    "place_en",
    "address_th",
    "address_en",
)
_FIELDS = {
    "name_th": Field(Text("ชื่อเต็มภาษาไทย", "Official name in Thai"), 200),
    "name_en": Field(Text("ชื่อภาษาอังกฤษ", "Name in English"), 200),
    "place_th": Field(Text("อำเภอและจังหวัด", "District and province in Thai"), 200),
    "place_en": Field(Text("อำเภอและจังหวัดภาษาอังกฤษ", "District and province in English"), 200),
    "address_th": Field(Text("ที่อยู่สำนักงาน", "Address in Thai"), 400),
    "address_en": Field(Text("ที่อยู่สำนักงานภาษาอังกฤษ", "Address in English"), 400),
}

_ID = Text(
    "ใช้ a–z 0–9 และขีด ขึ้นต้นด้วยตัวอักษร 2–31 ตัว เช่น maehia เป็นชื่อเว็บไซต์และเปลี่ยนภายหลังไม่ได้",
    "Use a–z, 0–9 and hyphens, a letter first, 2 to 31, such as maehia. It is the address of the "
    "site, for ever.",
)
_CODE = Text("รหัส อปท. มี 8 หลัก หรือเว้นว่างไว้", "The code has 8 digits, or is left out.")
_NO_MODULE = Text("เลือกโมดูลจากรายการ", "Choose modules from the list.")
_SERVED = Text(
    "อปท. รหัสนี้มีหน่วยงานในระบบแล้ว ค้นจากรายชื่อหน่วยงาน",
    "The office of this code is served here already. Look for it in the list of tenants.",
)


class Founded(msgspec.Struct, frozen=True):
    """A municipality that is new, and the path of the page that lets its administrator in."""

    tenant: Tenant
    administrator: str
    path: str


async def found(ctx: Context, typed: Mapping[str, str], *, plugins: Sequence[str] = ()) -> Founded:
    """Found a municipality: all of it, with its first administrator, or nothing.

    :param typed: ``OFFICE`` and ``ADMINISTRATOR``, each as typed.
    :param plugins: modules that are on from the beginning.
    :raises InvalidInput: naming every field that is wrong.
    :raises Conflict: there is one of this id, or of this code of the DLA.
    """
    tenant = _tenant(ctx, typed, plugins)
    there = ctx.elsewhere(tenant, _abroad(ctx))
    given = {name: typed.get(name, "") for name in ADMINISTRATOR}
    try:
        async with db.transaction(there):
            await create_tenant(there, plugins=plugins)
            officer = await accounts.register_officer(there, **given)
            await holders.grant_role(there, account=officer, role="administrator")
            path = await invitations.invite(there, officer)
            await note_elsewhere(
                there,
                "core.tenant.founded",
                f"tenant/{tenant.id}",
                other=ctx.tenant.id,
                name=tenant.name.th,
                code=tenant.code,
            )
    except asyncpg.UniqueViolationError as problem:
        if problem.constraint_name != "tenant_code_key":
            raise
        raise Conflict(_SERVED) from problem
    await fill_holidays(there)
    name = " ".join(given[part].strip() for part in ("first_name", "last_name"))
    return Founded(tenant, name, path)


def _abroad(ctx: Context) -> Actor:
    """Return the operator's person as one who acts for the platform in another tenant."""
    return Actor(kind="system", id=ctx.actor.id, name=signed(ctx))


def _tenant(ctx: Context, typed: Mapping[str, str], plugins: Sequence[str]) -> Tenant:
    words = {name: " ".join(typed.get(name, "").split()) for name in OFFICE}
    problems = faults_of(_FIELDS, words)
    if not db.TENANT_ID.fullmatch(words["id"]):
        problems["id"] = _ID
    if words["lao_code"] and not (len(words["lao_code"]) == 8 and words["lao_code"].isdecimal()):
        problems["lao_code"] = _CODE
    known = {name for name, one in ctx.host.plugins.items() if not one.fixed}
    if not set(plugins) <= known:
        problems["plugins"] = _NO_MODULE
    problems |= _problems_of_person(ctx, typed)
    tenant = None
    try:
        tenant = new_tenant(
            words["id"],
            name=words["name_th"],
            name_en=words["name_en"],
            place=words["place_th"],
            place_en=words["place_en"],
            address=Text(words["address_th"], words["address_en"]),
            code=words["lao_code"],
        )
    except InvalidInput as wrong:
        problems.setdefault("name_th", wrong.in_short)
    if problems or tenant is None:
        raise InvalidInput(problems)
    return tenant


def _problems_of_person(ctx: Context, typed: Mapping[str, str]) -> dict[str, Text]:
    try:
        accounts.check_officer(ctx, {name: typed.get(name, "") for name in ADMINISTRATOR})
    except InvalidInput as wrong:
        return wrong.problems
    return {}
