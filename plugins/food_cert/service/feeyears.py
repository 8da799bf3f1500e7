"""The fee of a year: reckoned, claimed once, billed; a slice is some statements, whatever its size.

A year is claimed by its row, whose key is place and year: of two who bill at once the second one
waits, finds it claimed and bills nothing. The row and its bill are made in one transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, Text, audit, transaction
from kit.thai import said_day
from kit.treasury import Due, Wanted, bill_all
from plugins.food_cert.rules.bands import amount_of
from plugins.food_cert.rules.fees import FeeState, begins, due_day, ends, off, percent_off
from plugins.food_cert.service.bands import counting, tariffs_of
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.revenues import SOURCE, YEARLY, payers_of, subject_of
from plugins.food_cert.service.waivers import waived_of
from plugins.food_cert.tables.fees import FeeYear

_TITLE = Text("{fee} รอบ {first} ถึง {last}", "{fee}, {first} to {last}")
# The business has a name in Thai alone.
_LINE = Text("{title} {name}", "{title}, no. {number} of the register")


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """The fee of a year as it is claimed.

    :param place: its row of the register.
    """

    place: Mapping[str, Any]
    year: int
    from_on: date
    until_on: date
    due_on: date
    amount: int
    waived: int

    @property
    def key(self) -> tuple[UUID, int]:
        """Id of the place, and year."""
        return (self.place["id"], self.year)

    @property
    def together(self) -> tuple[str, date, date]:
        """What is equal of fees that are billed in one statement."""
        return (self.place["instrument"], self.due_on, self.from_on)


_CLAIM = """
INSERT INTO food_cert.fee_year (tenant_id, place_id, year, from_on, until_on, due_on, area,
  instrument, amount, waived, surcharge, state, made_at)
SELECT $1, w.*, 0, CASE WHEN w.waived = w.amount THEN 'waived' ELSE 'billed' END, $2
FROM unnest($3::uuid[], $4::smallint[], $5::date[], $6::date[], $7::date[], $8::numeric[],
  $9::text[], $10::bigint[], $11::bigint[])
  AS w(place_id, year, from_on, until_on, due_on, area, instrument, amount, waived)
ON CONFLICT (tenant_id, place_id, year) DO UPDATE SET from_on = excluded.from_on,
  until_on = excluded.until_on, due_on = excluded.due_on, area = excluded.area,
  instrument = excluded.instrument, amount = excluded.amount, waived = excluded.waived,
  bill = NULL, told_on = NULL, settled_on = NULL, state = excluded.state,
  made_at = excluded.made_at
WHERE fee_year.state = 'void' RETURNING place_id, year
"""
_BILLED = """
UPDATE food_cert.fee_year f SET bill = w.bill
FROM unnest($2::uuid[], $3::smallint[], $4::uuid[]) AS w(place, year, bill)
WHERE f.tenant_id = $1 AND f.place_id = w.place AND f.year = w.year
"""


async def bill_years(
    ctx: Context, wanted: Sequence[tuple[Mapping[str, Any], int]]
) -> dict[tuple[UUID, int], UUID]:
    """Bill years of places that are not claimed yet; return the bills by place and year.

    A year whose fee is waived gets its row and no bill; a place whose area no band has gets
    neither until there is one.

    :param wanted: rows of the register, each with its year.
    """
    if not wanted:
        return {}
    async with transaction(ctx):
        claims = await _claim(ctx, await _reckon(ctx, wanted))
        owing = sorted(
            (one for one in claims if one.waived < one.amount),
            key=lambda one: (one.together, one.place["id"]),
        )
        bills: dict[tuple[UUID, int], UUID] = {}
        payers = await payers_of(ctx, [one.place for one in owing]) if owing else {}
        for _, some in groupby(owing, key=lambda one: one.together):
            bills |= await _bill(ctx, list(some), payers)
        if claims:
            await _keep(ctx, bills, len(claims))
    return bills


async def _reckon(ctx: Context, wanted: Sequence[tuple[Mapping[str, Any], int]]) -> list[Claim]:
    late = (await limits_on(ctx, ctx.today))["billing.first_days"].whole
    tariffs, waivers = await tariffs_of(ctx), await waived_of(ctx)
    claims = []
    for place, year in wanted:
        opened_on, instrument = place["opened_on"], place["instrument"]
        from_on, due_on = begins(opened_on, year), due_day(opened_on, year, ctx.today, late)
        amount = amount_of(counting(tariffs, from_on), instrument, Decimal(place["area"]))
        if amount is not None:
            claims.append(
                Claim(
                    place=place,
                    year=year,
                    from_on=from_on,
                    until_on=ends(opened_on, year),
                    due_on=due_on,
                    amount=amount,
                    waived=off(amount, percent_off(waivers, instrument, due_on)),
                )
            )
    return claims


async def _claim(ctx: Context, claims: Sequence[Claim]) -> list[Claim]:
    """Write the rows of years that nobody has claimed, and return those."""
    ordered = sorted(claims, key=lambda one: one.key)
    columns = ("year", "from_on", "until_on", "due_on")
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            _CLAIM,
            *(ctx.tenant.id, ctx.now, [one.place["id"] for one in ordered]),
            *([getattr(one, name) for one in ordered] for name in columns),
            *([one.place[name] for one in ordered] for name in ("area", "instrument")),
            *([getattr(one, name) for one in ordered] for name in ("amount", "waived")),
        )
    mine = {(row["place_id"], row["year"]) for row in rows}
    return [one for one in ordered if one.key in mine]


async def _bill(
    ctx: Context, claims: Sequence[Claim], payers: Mapping[UUID, UUID]
) -> dict[tuple[UUID, int], UUID]:
    first = claims[0]
    revenue, title = YEARLY[first.place["instrument"]], title_of(first)
    wanted = [
        Wanted(
            subject=subject_of(one.place["id"]),
            payer=payers[one.place["id"]],
            dues=(
                Due(
                    reference=f"{one.place['id'].hex}/{one.year}",
                    revenue=revenue.code,
                    title=_LINE.format(
                        title=title, name=one.place["name"], number=one.place["number"]
                    ),
                    amount=one.amount - one.waived,
                    due_on=one.due_on,
                ),
            ),
        )
        for one in claims
    ]
    made = await bill_all(
        ctx,
        source=SOURCE,
        kind=revenue.kind,
        title=title,
        due_on=first.due_on,
        wanted=wanted,
    )
    return {claims[one.place].key: one.id for one in made}


def title_of(claim: Claim) -> Text:
    """Return what a fee is called: what for, and its year from day to day."""
    first, last = (said_day(day) for day in (claim.from_on, claim.until_on))
    fee = YEARLY[claim.place["instrument"]].title
    return _TITLE.format(fee=fee, first=first, last=last)


async def _keep(ctx: Context, bills: Mapping[tuple[UUID, int], UUID], years: int) -> None:
    async with transaction(ctx) as connection:
        places, numbers = [place for place, _ in bills], [year for _, year in bills]
        await connection.execute(_BILLED, ctx.tenant.id, places, numbers, list(bills.values()))
        await audit.record(
            ctx, "food_cert.fees.billed", f"tenant/{ctx.tenant.id}", years=years, bills=len(bills)
        )


async def fee_rows(ctx: Context, place: UUID) -> list[dict[str, Any]]:
    """Return the years of a place, the first one first: rows of ``FeeYear``."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await FeeYear.select()
            .where(FeeYear.of(ctx), FeeYear.place_id == place)
            .order_by(FeeYear.year)
        )
    return rows


async def last_year(ctx: Context, place: UUID) -> int:
    """Return the last year of a place that was asked for; 0 before there was any."""
    return max(
        (one["year"] for one in await fee_rows(ctx, place) if one["state"] != FeeState.VOID),
        default=0,
    )


async def year_is_paid(ctx: Context, place: UUID, until: date) -> bool:
    """Return whether nothing is to be paid any more of the year that begins after a day."""
    async with transaction(ctx):
        state = (
            await FeeYear.select(FeeYear.state)
            .where(
                FeeYear.of(ctx),
                FeeYear.place_id == place,
                FeeYear.from_on > until,
                FeeYear.state.is_in([FeeState.SETTLED, FeeState.WAIVED]),
            )
            .first()
        )
    return state is not None


async def change_year(ctx: Context, place: UUID, year: int, values: Mapping[Any, Any]) -> None:
    """Write what has become of a year of a place."""
    async with transaction(ctx):
        await FeeYear.update(dict(values)).where(
            FeeYear.of(ctx), FeeYear.place_id == place, FeeYear.year == year
        )


VOIDED: Mapping[Any, Any] = {FeeYear.state: FeeState.VOID}
