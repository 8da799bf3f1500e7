"""How a place stands today, for who checks a paper on its wall."""

from uuid import UUID

from core.api import Context, Text, transaction
from kit.documents import PaperStanding
from kit.thai import said_day
from plugins.food_cert.rules.hygiene import GRADES
from plugins.food_cert.rules.places import STANDS, TONES, State, stands
from plugins.food_cert.service.places import get_place
from plugins.food_cert.tables.register import PlacePaper

_GRADE = Text("สุขลักษณะ {grade} ตรวจเมื่อ {day}", "Hygiene: {grade}, inspected on {day}.")
_UNTIL = Text("ใช้ได้ถึง {day}", "Valid until {day}.")
_SUSPENDED = Text("พักใช้ถึง {day}", "Suspended until {day}.")
_SEE = Text("ดูข้อมูลสถานที่นี้", "See this place")


async def standing(ctx: Context, paper: UUID) -> PaperStanding | None:
    """Return how the place of a paper stands; None where the paper is about none."""
    async with transaction(ctx):
        row = (
            await PlacePaper.select(PlacePaper.place_id, PlacePaper.what)
            .where(PlacePaper.of(ctx), PlacePaper.paper == paper)
            .first()
        )
    if row is None or row["what"] == "order":
        return None
    place = await get_place(ctx, row["place_id"])
    now = stands(place, ctx.today)
    words = []
    if now == State.SUSPENDED and place["state_until"]:
        words.append(_SUSPENDED.format(day=said_day(place["state_until"])))
    elif place["until"]:
        words.append(_UNTIL.format(day=said_day(place["until"])))
    if place["grade"] and place["graded_on"]:
        words.append(_GRADE.format(grade=GRADES[place["grade"]], day=said_day(place["graded_on"])))
    return PaperStanding(
        title=STANDS[now],
        words=Text.joined(words, " "),
        tone="ok" if TONES[now] == "ok" else "bad",
        href=f"/food/places/{place['code']}",
        action=_SEE,
    )
