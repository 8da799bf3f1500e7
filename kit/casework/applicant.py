"""Who files: the questions about the person, and how the answers are kept."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, Text
from kit.casework.declaration import Applying
from kit.forms import AnyField, Email, Line, Phone, ThaiID

_STEP = Text("ผู้ยื่นเรื่อง", "Who files")
_PURPOSE = "national_id"


class Applicant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The person a case is for.

    :param name: with its title, as on the card; empty for who does not say.
    :param national_id: 13 digits.
    :param phone: E.164.
    :param account: of who has signed in.
    """

    name: str = ""
    national_id: str | None = None
    phone: str | None = None
    email: str | None = None
    account: UUID | None = None


def questions(applying: Applying) -> tuple[AnyField, ...]:
    """Return the questions about the person, as many as the service needs."""
    named = applying is not Applying.ANYBODY
    asked: list[AnyField] = []
    if applying is Applying.IDENTIFIED:
        asked.append(ThaiID("national_id", Text("เลขประจำตัวประชาชน", "National ID"), step=_STEP))
    asked += [
        Line(
            "name",
            Text("ชื่อ–นามสกุล", "Name"),
            help=Text("พร้อมคำนำหน้า เช่น นางสาววิภาดา แสงคำ", "With its title, as on the card."),
            longest=160,
            required=named,
            personal=True,
            step=_STEP,
        ),
        Phone(
            "phone",
            Text("เบอร์โทรศัพท์", "Phone"),
            help=Text(
                "ใช้ติดตามเรื่อง และให้เจ้าหน้าที่ติดต่อได้",
                "To follow your request, and for the officer to reach you.",
            ),
            required=named,
            step=_STEP,
        ),
        Email(
            "email",
            Text("อีเมล", "E-mail"),
            help=Text("ถ้ามี เราส่งความคืบหน้าให้", "If you have one we send you the progress."),
            required=False,
            step=_STEP,
        ),
    ]
    return tuple(asked)


def applicant_of(values: Mapping[str, Any], account: UUID | None) -> Applicant:
    """Return the person that the answers to :func:`questions` describe."""
    known = {name: values[name] for name in Applicant.__struct_fields__ if name in values}
    return msgspec.structs.replace(Applicant(**known), account=account)


def fingerprint(ctx: Context, national_id: str) -> bytes:
    """Return by what the cases of one person are found."""
    return ctx.keys.fingerprint(_PURPOSE, ctx.tenant.id, national_id)


def seal(ctx: Context, text: str, case: UUID) -> bytes:
    """Return a national ID as it is kept with a case."""
    return ctx.keys.encrypt(_PURPOSE, text, bound_to=f"{ctx.tenant.id}/{case}")


def unseal(ctx: Context, data: bytes, case: UUID) -> str:
    """Return the national ID that was kept with a case."""
    return ctx.keys.decrypt(_PURPOSE, data, bound_to=f"{ctx.tenant.id}/{case}")


def seal_answers(
    ctx: Context, fields: Sequence[AnyField], values: Mapping[str, Any], case: UUID
) -> dict[str, Any]:
    """Return answers as they are kept: national IDs among them are encrypted."""
    secret = {field.name for field in fields if isinstance(field, ThaiID)}
    return {
        name: {"sealed": base64.b64encode(seal(ctx, value, case)).decode()}
        if name in secret
        else value
        for name, value in values.items()
    }


def open_answers(
    ctx: Context, fields: Sequence[AnyField], kept: Mapping[str, Any], case: UUID
) -> dict[str, Any]:
    """Return what :func:`seal_answers` was given."""
    secret = {field.name for field in fields if isinstance(field, ThaiID)}
    return {
        name: unseal(ctx, base64.b64decode(value["sealed"]), case) if name in secret else value
        for name, value in kept.items()
    }
