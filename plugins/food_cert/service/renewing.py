"""A renewal that was asked and paid before the licence ended keeps the place open.

Law: Public Health Act B.E. 2535, s. 55.
"""

from uuid import UUID

from core.api import Context, Text
from plugins.food_cert.rules.after import RENEW
from plugins.food_cert.service.feeyears import year_is_paid
from plugins.food_cert.service.places import change_place, get_place
from plugins.food_cert.service.requests import open_requests
from plugins.food_cert.tables.register import Place

_GOES_ON = Text(
    "ยื่นต่ออายุและชำระค่าธรรมเนียมในกำหนด เปิดต่อได้ระหว่างพิจารณา",
    "Renewal was asked and paid in time: it may go on meanwhile",
)
_WAITS_NO_MORE = Text("เรื่องต่ออายุสิ้นสุดแล้ว", "The renewal waits no more")


async def follow_renewal(ctx: Context, place: UUID) -> None:
    """Note whether a place goes on by a renewal that waits; told again nothing changes."""
    row = await get_place(ctx, place)
    until = row["until"]
    waiting = [
        one["case_id"]
        for one in await open_requests(ctx, place, RENEW)
        if until and one["filed_on"] <= until
    ]
    if row["renewing"] and row["renewing"] not in waiting:
        values = {Place.renewing: None}
        await change_place(ctx, row, values, what="renewal_ended", words=_WAITS_NO_MORE)
        return
    in_time = not row["renewing"] and waiting and ctx.today <= until
    if in_time and await year_is_paid(ctx, place, until):
        values = {Place.renewing: waiting[0]}
        await change_place(ctx, row, values, what="goes_on", words=_GOES_ON, case=waiting[0])
