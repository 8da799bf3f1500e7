"""The list of local administrative organisations from which tenants are founded."""

from typing import Any

import geothai
import msgspec

from core import audit, db
from core.context import Context
from core.errors import NotFound
from core.operator.reading import Listed, Read, samples
from core.operator.tables import LocalOffice
from core.tenants.tables import Municipality
from core.text import Text

PAGE = 50

_NO_OFFICE = Text(
    "ไม่พบ อปท. รหัสนี้ในรายชื่อ ค้นจากรายชื่ออีกครั้ง", "The list has no such office. Search it again."
)

# A word is sought in all that a person would call an office by.
_FOUND = """
SELECT l.code, l.kind, l.name, l.district, l.province, t.id AS tenant, count(*) OVER () AS total
FROM core.local_office l LEFT JOIN core.tenant t ON t.code = l.code
WHERE l.tenant_id = $1 AND ($2 = '' OR l.kind = $2)
  AND strpos(concat_ws(' ', l.name, l.district, l.province, l.code), $3) > 0
ORDER BY l.province, l.district, l.name LIMIT $4 OFFSET $5
"""


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """An office of the list.

    :param tenant: its id where it is served here.
    """

    listed: Listed
    tenant: str | None


class Offices(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list, and how many there are of what was sought.

    :param verified: False for the sample that stands there until a list was read.
    """

    found: list[Office]
    total: int
    verified: bool


async def offices(ctx: Context, *, search: str = "", kind: str = "", page: int = 1) -> Offices:
    """Return a page of the offices, by province and district.

    :param search: a part of name, district, province or code.
    """
    words = " ".join(search.split())[:100]
    async with db.transaction(ctx) as connection:
        verified = await LocalOffice.exists().where(LocalOffice.of(ctx))
        if not verified:
            return await _sample(connection, words, kind)
        rows = await connection.fetch(
            _FOUND, ctx.tenant.id, kind, words, PAGE, (max(page, 1) - 1) * PAGE
        )
    return Offices(
        found=[
            Office(
                listed=Listed(**{name: row[name] for name in Listed.__struct_fields__}),
                tenant=row["tenant"],
            )
            for row in rows
        ],
        total=rows[0]["total"] if rows else 0,
        verified=True,
    )


async def _sample(connection: Any, words: str, kind: str) -> Offices:
    rows = await connection.fetch("SELECT code, id FROM core.tenant WHERE code <> ''")
    served = {row["code"]: row["id"] for row in rows}
    found = [
        Office(listed=one, tenant=served.get(one.code))
        for one in samples()
        if kind in ("", one.kind)
        and words in f"{one.name} {one.district} {one.province} {one.code}"
    ]
    return Offices(found=found, total=len(found), verified=False)


async def get_office(ctx: Context, code: str) -> Office:
    """Return one office of the list.

    :raises NotFound: there is none of this code.
    """
    known = await offices(ctx, search=code)
    for one in known.found:
        if one.listed.code == code:
            return one
    raise NotFound(_NO_OFFICE)


async def keep_list(ctx: Context, read: Read) -> None:
    """Keep the offices of a file in place of those that were read before.

    Municipalities that are served stay as they are.
    """
    rows = [{"tenant_id": ctx.tenant.id, **msgspec.structs.asdict(one)} for one in read.offices]
    async with db.transaction(ctx):
        # Two lists at once: the second takes the place of the first.
        await Municipality.select().where(Municipality.id == ctx.tenant.id).lock_rows("UPDATE")
        await LocalOffice.delete().where(LocalOffice.of(ctx))
        await db.add_all(LocalOffice, rows)
        await audit.record(
            ctx,
            "core.offices.read",
            "offices/all",
            offices=len(read.offices),
            skipped=len(read.skipped),
        )


def place_of(listed: Listed) -> Text:
    """Return district and province as a municipality says them; in English where they are known."""
    district, province = geothai.district(listed.code[2:6]), geothai.province(listed.code[2:4])
    th = f"{_BEFORE.th}{listed.district} {_PROVINCE.th}{listed.province}"
    if district is None or province is None:
        return Text(th, listed.code)
    return Text(th, f"{district.name_en} District, {province.name_en}")


_BEFORE = Text("อำเภอ", "District")
_PROVINCE = Text("จังหวัด", "Province")
