"""Documents that wait are given out to be signed, and come back with signatures."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from contrib.catalog.service.following import follow
from contrib.catalog.service.kept import Published, alone, publish
from contrib.catalog.service.rights import CURATE
from core.api import Conflict, Context, NotFound, Text, audit, catalog, need, transaction

LARGEST = 5_000_000  # bytes of a document
_NOT_WAITING = Text(
    "ไม่มีเอกสารนี้รอลงลายมือชื่อ อาจเผยแพร่แล้ว โหลดหน้าใหม่เพื่อดูล่าสุด",
    "No such document waits to be signed; it may be published. Reload the page to see the latest.",
)
REFUSALS: Mapping[catalog.Why, Text] = {
    "gone": _NOT_WAITING,
    "large": Text(
        "ไฟล์นี้เกิน 5 เมกะไบต์ จึงไม่ใช่เอกสารที่รอลงลายมือชื่อ แนบไฟล์ที่ดาวน์โหลดจากหน้านี้และลงลายมือชื่อแล้ว",
        "This file has more than 5 megabytes, so it is not what waits. Attach the file that was "
        "downloaded here, once it is signed.",
    ),
    "unreadable": Text(
        "ไฟล์นี้อ่านเป็น JSON ที่มีลายมือชื่อไม่ได้ แนบไฟล์ที่ดาวน์โหลดจากหน้านี้และลงลายมือชื่อแล้ว",
        "This file is no signed JSON. Attach the file that was downloaded here, once it is signed.",
    ),
    "other": Text(
        "ไฟล์นี้เป็นเอกสารอื่น ไม่ตรงกับเอกสารที่รออยู่ทุกไบต์ ดาวน์โหลดจากหน้านี้ ลงลายมือชื่อ แล้วแนบใหม่",
        "This is another document, not the very bytes that wait. Download it here, sign that and "
        "attach it.",
    ),
    "old": Text(
        "ไฟล์นี้เป็นฉบับก่อน มีการแก้ไขหลังดาวน์โหลด ดาวน์โหลดฉบับล่าสุด อ่าน ลงลายมือชื่อ แล้วแนบใหม่",
        "This was changed after it was downloaded. Download the latest, read and sign it, and "
        "attach it.",
    ),
    "stranger": Text(
        "กุญแจที่ลงลายมือชื่อไม่ใช่กุญแจของผู้มีหน้าที่ลงลายมือชื่อเอกสารนี้ ใช้กุญแจที่ลงทะเบียนไว้",
        "It is signed with a key that is not of those who sign this document. Use a key of theirs.",
    ),
    "forged": Text(
        "ลายมือชื่อในไฟล์ไม่ตรงกับเนื้อหา ไฟล์อาจเสีย ดาวน์โหลดใหม่ ลงลายมือชื่อ แล้วแนบอีกครั้ง",
        "A signature in it is not of what it says; the file may be broken. Download it again, "
        "sign it and attach it.",
    ),
    "again": Text(
        "ลายมือชื่อในไฟล์นี้รับไว้แล้ว ไม่ต้องแนบซ้ำ ให้ผู้มีหน้าที่อีกคนลงลายมือชื่อ",
        "The signatures in this file are here already. Another holder of a key signs next.",
    ),
    "none": Text(
        "ไฟล์นี้ยังไม่มีลายมือชื่อ สั่ง thongthin catalog sign กับไฟล์นี้ก่อน แล้วแนบใหม่",
        "This file is not signed. Run thongthin catalog sign on it, then attach it.",
    ),
}


class Desk(msgspec.Struct, frozen=True):
    """What waits to be signed, and what ends soon.

    :param ending: roles whose term ends within two weeks, and when.
    """

    waiting: Sequence[catalog.Waiting]
    ending: Sequence[tuple[str, datetime]]


async def to_sign(ctx: Context) -> Desk:
    """Return what waits to be signed.

    :raises NotAllowed: the actor is no curator.
    :raises Conflict: no catalog is kept here.
    """
    need(ctx, CURATE)

    def work(repository: catalog.Repository) -> Desk:
        return Desk(catalog.read_waiting(repository), catalog.ending(repository, ctx.now))

    return await alone(ctx, work)


async def read_document(ctx: Context, role: str) -> bytes:
    """Return a document that waits, as it is signed.

    :raises NotFound: none of the role waits.
    """
    for one in (await to_sign(ctx)).waiting:
        if one.role == role:
            return one.data
    raise NotFound(_NOT_WAITING)


async def take_signatures(ctx: Context, role: str, data: bytes) -> Published:
    """Add what came back signed, and publish where enough have signed it now.

    :param data: the file as it was sent.
    :returns: what was published.
    :raises Conflict: it adds no signature; the sentence says why, and nothing was changed.
    """
    need(ctx, CURATE)

    def work(repository: catalog.Repository) -> tuple[list[str], Published]:
        try:
            owners = catalog.add_signatures(repository, role, data)
        except catalog.SignatureRefused as refusal:
            raise Conflict(REFUSALS[refusal.why]) from refusal
        return owners, publish(repository, ctx)

    async with transaction(ctx):
        owners, published = await alone(ctx, work)
        facts: dict[str, Any] = {"signers": owners, "published": published.roles}
        await audit.record(ctx, "catalog.document.signed", f"document/{role}", **facts)
    await follow(ctx)
    return published


async def renew_term(ctx: Context, role: str) -> None:
    """Have a document signed for another term, with what it says unchanged.

    :raises Conflict: its term does not end soon, or a newer one waits already.
    """
    need(ctx, CURATE)

    def work(repository: catalog.Repository) -> None:
        if role not in {one for one, _ in catalog.ending(repository, ctx.now)} - {"timestamp"}:
            raise Conflict(_NOT_WAITING)
        repository.renew(role, ctx.now)

    async with transaction(ctx):
        await alone(ctx, work)
        await audit.record(ctx, "catalog.document.renewed", f"document/{role}")
