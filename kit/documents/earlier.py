"""Numbers of papers that an office issued before it used this: counting goes on after them."""

from core.api import Conflict, Context, Text, numbers, transaction
from kit.documents.numbers import quoted_number
from kit.documents.tables import IssuedPaper

_BEYOND = Text(
    "เลขที่ {number} ยังไม่มีใครออก เลขของปีนั้นออกที่นี่และถึง {last} แล้ว ตรวจเลขที่บนใบ",
    "Nobody has issued {number}: numbers of that year are issued here, up to {last} now. Check it.",
)


async def note_earlier(ctx: Context, series: str, serial: int, year: int) -> None:
    """Note that a number was issued on paper before; the next of the series comes after it.

    :param year: of the Buddhist Era, as on the paper.
    :raises Conflict: the series was counted here already, and not so far.
    """
    counted = f"{series}/{year}"
    async with transaction(ctx):
        following = await numbers.draw(ctx, f"paper/{counted}")
        if serial < following:
            await numbers.give_back(ctx, f"paper/{counted}", 1)
            return
        issued = IssuedPaper.exists().where(IssuedPaper.of(ctx), IssuedPaper.series == counted)
        if await issued:
            number, last = quoted_number(serial, year), quoted_number(following - 1, year)
            raise Conflict(_BEYOND.format(number=number, last=last))
        await numbers.draw_some(ctx, f"paper/{counted}", serial - following)
