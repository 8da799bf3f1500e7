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
        if (counted_here := await counted_to(ctx, series, year)) is not None:
            number, last = quoted_number(serial, year), quoted_number(counted_here - 1, year)
            raise Conflict(_BEYOND.format(number=number, last=last))
        await numbers.draw_some(ctx, f"paper/{counted}", serial - following)


async def counted_to(ctx: Context, series: str, year: int) -> int | None:
    """Return the last number of a year that is issued here, beyond which none was issued before.

    :param year: of the Buddhist Era.
    :returns: None while none of that year was issued here, and any may have been.
    """
    counted = f"{series}/{year}"
    async with transaction(ctx):
        if not await _is_counted(ctx, counted):
            return None
        return (await numbers.draw_some(ctx, f"paper/{counted}", 0)).stop - 1


async def _is_counted(ctx: Context, counted: str) -> bool:
    return await IssuedPaper.exists().where(IssuedPaper.of(ctx), IssuedPaper.series == counted)
