"""The register of food premises at the desk: find one, look at it, take the whole along."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, Router, get
from litestar.params import FromPath
from litestar.response import Stream

from core.api import Context, Ctx, Text, allow, page
from kit.forms import AnyRequest, read_page
from plugins.food_cert.rules.hygiene import GRADES
from plugins.food_cert.rules.places import INSTRUMENTS, KINDS, STANDS, TONES
from plugins.food_cert.rules.standing import SIGNS
from plugins.food_cert.service import exporting, finding, overview
from plugins.food_cert.service.finding import SIFTED, Sought
from plugins.food_cert.service.rights import CARRY, FIGURES, READ

HOME = "/desk/food/places"

_READ = allow(READ)
# By what an address sifts, and what it can mean.
_SIFTS: Mapping[str, tuple[str, Mapping[str, Text]]] = {
    "kind": ("kind", KINDS),
    "paper": ("instrument", INSTRUMENTS),
    "state": ("stands", SIFTED),
    "grade": ("grade", GRADES),
}


def sought_of(request: AnyRequest, *, public: bool = False) -> Sought:
    """Return what an address looks for; what it cannot mean is nothing."""
    asked = request.query_params
    district = asked.get("subdistrict", "")
    sifted = {
        field: asked.get(name, "") if asked.get(name, "") in words else ""
        for name, (field, words) in _SIFTS.items()
    }
    return Sought(
        words=asked.get("q", "").replace("\0", "")[:100],
        subdistrict=district if district.isascii() and district.isdigit() else "",
        public=public,
        page=read_page(asked.get("page", "")),
        **sifted,
    )


def sifts_of(sought: Sought) -> dict[str, str]:
    """Return by what is sifted, as an address says it."""
    given = {name: getattr(sought, field) for name, (field, _) in _SIFTS.items()}
    return {name: code for name, code in given.items() if code}


def address_of(home: str, sought: Sought, page_no: int | None = None) -> str:
    """Return the address that looks for the same, on a page or for a file."""
    place = {"subdistrict": sought.subdistrict, "page": page_no}
    asked = {"q": sought.words, **sifts_of(sought), **place}
    return f"{home}?{urlencode({name: value for name, value in asked.items() if value})}"


async def listed(ctx: Context, home: str, sought: Sought) -> dict[str, Any]:
    """Return what a page of the register shows, and where its next pages and its files are."""
    found = await finding.find_places(ctx, sought)
    more = found.last < found.total
    anything = Sought(public=sought.public)
    return {
        "home": home,
        "sought": sought,
        "sifted": sought != anything,
        "found": found,
        "previous": address_of(home, sought, sought.page - 1) if sought.page > 1 else None,
        "next": address_of(home, sought, sought.page + 1) if more else None,
        "files": {kind: address_of(f"{home}.{kind}", sought) for kind in exporting.FILES},
        **words(ctx),
    }


def words(ctx: Context) -> dict[str, Any]:
    """Return the words of codes in the reader's language, and how they are shown."""
    given = {
        "kinds": KINDS,
        "instruments": INSTRUMENTS,
        "standings": STANDS,
        "states": SIFTED,
        "grades": GRADES,
    }
    said = {
        name: {code: text.to(ctx.language) for code, text in one.items()}
        for name, one in given.items()
    }
    return {**said, "tones": TONES, "signs": SIGNS}


async def given(ctx: Context, sought: Sought, kind: str) -> Stream:
    """Return the answer with a file of the register."""
    name = f"food-places-{ctx.today.isoformat()}.{kind}"
    return Stream(
        await exporting.export(ctx, sought, kind),
        media_type=exporting.FILES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def as_pdf(data: bytes, name: str) -> Response[bytes]:
    """Return the answer with a paper."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)


@get(HOME, guards=[_READ])
async def show_places(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the register, a page at a time."""
    shown = await listed(ctx, HOME, sought_of(request))
    may = {"enter": ctx.actor.may(CARRY), "set": ctx.actor.may(FIGURES)}
    return await page(request, ctx, "food_cert/places.html", may=may, **shown)


@get(f"{HOME}.csv", guards=[_READ])
async def give_csv(request: AnyRequest, ctx: Ctx) -> Stream:
    """Give all that fits as a table."""
    return await given(ctx, sought_of(request), "csv")


@get(f"{HOME}.geojson", guards=[_READ])
async def give_geojson(request: AnyRequest, ctx: Ctx) -> Stream:
    """Give all that fits as places."""
    return await given(ctx, sought_of(request), "geojson")


@get(f"{HOME}/{{id:uuid}}", guards=[_READ])
async def show_place(request: AnyRequest, ctx: Ctx, id: FromPath[UUID]) -> Response[str]:
    """Show a place with its papers and its history."""
    return await page(
        request,
        ctx,
        "food_cert/place.html",
        seen=await overview.see(ctx, id),
        papers={code: text.to(ctx.language) for code, text in overview.PAPERS.items()},
        may={"correct": ctx.actor.may(CARRY), "cases": ctx.actor.may("casework.read")},
        **words(ctx),
    )


@get(f"{HOME}/{{id:uuid}}/papers/{{paper:uuid}}", guards=[_READ])
async def give_paper(ctx: Ctx, id: FromPath[UUID], paper: FromPath[UUID]) -> Response[bytes]:
    """Give a paper about a place."""
    return as_pdf(*await overview.open_paper(ctx, id, paper))


router = Router("/", route_handlers=[show_places, give_csv, give_geojson, show_place, give_paper])
