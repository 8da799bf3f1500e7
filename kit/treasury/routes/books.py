"""The books at the desk: the day, the month, the arrears, and what other programs take of them."""

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from core.api import MONTHS, Context, Ctx, NotFound, Text, page
from kit.documents import XLSX, Lines, csv_pieces, xlsx_pieces
from kit.thai import buddhist_year, short_day
from kit.treasury.routes.sent import BOOKS, DIRECTOR, sent
from kit.treasury.rules.ageing import BUCKETS
from kit.treasury.service import arrears, daily, days, gathered, monthly
from kit.treasury.service.days import CLOSE
from kit.treasury.service.titles import account_title, revenue_title, revenue_titles

DAYS_BACK, MONTHS_BACK = 62, 36


def _day(ctx: Context, text: str) -> date:
    """Return a day that was asked for; today where it is none or to come."""
    try:
        return min(date.fromisoformat(text), ctx.today)
    except ValueError:
        return ctx.today


def _month(ctx: Context, text: str) -> date:
    return _day(ctx, f"{text}-01").replace(day=1)


@get("/desk/treasury/day", guards=[BOOKS])
async def show_day(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show the office's day over all tills and banks."""
    day = _day(ctx, request.query_params.get("day", ""))
    found = await daily.read_day(ctx, day)
    return await page(
        request,
        ctx,
        "treasury/day.html",
        found=found,
        revenues=[(revenue_title(ctx, code), sum_) for code, sum_ in found.flows.revenues.items()],
        accounts=[(account_title(ctx, name), sum_) for name, sum_ in found.flows.accounts.items()],
        banks=[(account_title(ctx, one.place), one) for one in found.banks],
        days=_days(ctx, day),
        locks=ctx.actor.may(CLOSE) and found.lock is None,
        left=[one for one in found.tills if one["received_at"] is None],
        waiting=await gathered.waiting_cash(ctx) if day == ctx.today else [],
    )


def _days(ctx: Context, chosen: date) -> list[tuple[str, str]]:
    """Return the days that can be chosen, the newest first, the chosen one among them."""
    known = [ctx.today - timedelta(back) for back in range(DAYS_BACK)]
    shown = known if chosen in known else [*known, chosen]
    return [(day.isoformat(), short_day(day, ctx.language)) for day in shown]


@post("/desk/treasury/day", guards=[DIRECTOR])
async def lock_day(request: Request[Any, Any, Any], ctx: Ctx) -> Redirect:
    """Lock a day of the books."""
    day = _day(ctx, (await sent(request)).get("day", ""))
    await days.lock_day(ctx, day)
    return Redirect(f"/desk/treasury/day?day={day}", status_code=303)


@get("/desk/treasury/month", guards=[BOOKS])
async def show_month(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show a month by revenue and by day."""
    month = _month(ctx, request.query_params.get("month", ""))
    return await page(
        request,
        ctx,
        "treasury/month.html",
        month=f"{month:%Y-%m}",
        title=_month_name(ctx, month),
        months=_months(ctx),
        found=await monthly.read_month(ctx, month),
    )


def _month_name(ctx: Context, month: date) -> str:
    year = buddhist_year(month)
    return f"{MONTHS[month.month - 1].to(ctx.language)} {year}"


def _months(ctx: Context) -> list[tuple[str, str]]:
    this = ctx.today.year * 12 + ctx.today.month - 1
    pairs = [divmod(this - back, 12) for back in range(MONTHS_BACK)]
    known = [date(year, month + 1, 1) for year, month in pairs]
    return [(f"{month:%Y-%m}", _month_name(ctx, month)) for month in known]


@get("/desk/treasury/arrears", guards=[BOOKS])
async def show_arrears(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show what is owed by age, and who owes it."""
    asked = {name: request.query_params.get(name, "")[:60] for name in ("revenue", "age")}
    skip = request.query_params.get("skip", "")
    first = int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 8 else 0
    owing, more = await arrears.who_owes(ctx, asked["revenue"], age=asked["age"], skip=first)
    ages = await arrears.ages(ctx, asked["revenue"])
    titles = revenue_titles(ctx, {code for one in ages for code in one.revenues})
    return await page(
        request,
        ctx,
        "treasury/arrears.html",
        asked=asked,
        ages=ages,
        titles=titles,
        buckets=[(one.code, one.name.to(ctx.language)) for one in BUCKETS],
        owing=owing,
        first=first,
        here=_arrears_at(asked),
        more=_arrears_at(asked | {"skip": str(first + arrears.SHOWN)}) if more else None,
    )


def _arrears_at(asked: dict[str, str]) -> str:
    return f"/desk/treasury/arrears?{urlencode(asked)}"


@get("/desk/treasury/arrears/{payer:uuid}", guards=[BOOKS])
async def show_debts(
    request: Request[Any, Any, Any], ctx: Ctx, payer: FromPath[UUID]
) -> Response[str]:
    """Show what one payer owes."""
    who, debts = await arrears.debts_of(ctx, payer)
    return await page(request, ctx, "treasury/debts.html", who=who, debts=debts)


_SHEETS: dict[str, tuple[Text, tuple[Text, ...]]] = {
    "receipts": (Text("ทะเบียนใบเสร็จ", "Receipts"), monthly.HEADS),
    "arrears": (Text("ลูกหนี้ค้างชำระ", "Arrears"), arrears.HEADS),
}
_KINDS: dict[str, tuple[str, Callable[..., AsyncIterator[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", lambda _, heads, lines: csv_pieces(heads, lines)),
    "xlsx": (XLSX, xlsx_pieces),
}


@get("/desk/treasury/export/{name:str}", guards=[BOOKS])
async def export(request: Request[Any, Any, Any], ctx: Ctx, name: FromPath[str]) -> Stream:
    """Give the register of a month's receipts, or all that is owed, as CSV or XLSX.

    :raises NotFound: there is no such table.
    """
    table, _, kind = name.partition(".")
    if table not in _SHEETS or kind not in _KINDS:
        raise NotFound(Text("ไม่มีตารางนี้", "There is no such table."))
    title, heads = _SHEETS[table]
    lines, when = _lines(request, ctx, table)
    media, write = _KINDS[kind]
    return Stream(
        write(title.to(ctx.language), [one.to(ctx.language) for one in heads], lines),
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{table}-{when}.{kind}"'},
    )


def _lines(
    request: Request[Any, Any, Any], ctx: Context, table: str
) -> tuple[AsyncIterator[Lines], str]:
    asked = request.query_params
    if table == "arrears":
        return arrears.listed(ctx, asked.get("revenue", "")[:60]), ctx.today.isoformat()
    month = _month(ctx, asked.get("month", ""))
    return monthly.register(ctx, month), f"{month:%Y-%m}"


router = Router(
    "/", route_handlers=[show_day, lock_day, show_month, show_arrears, show_debts, export]
)
