from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader
from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect
from PIL import Image

from core.api import (
    Context,
    Ctx,
    InvalidInput,
    Manifest,
    Text,
    audit,
    hookimpl,
    numbers,
    page,
    public,
    signed_in,
)
from kit.offline import Answer, once, read_sending, reply

MANIFEST = Manifest(name="rounds", title=Text("ออกพื้นที่", "Rounds"), fixed=True)

NO_HOUSE = Text("กรอกเลขที่บ้าน เช่น 12/3", "Give the number of the house, such as 12/3.")


async def record(ctx: Context, form: Any) -> Answer:
    house = str(form.get("house", "")).strip()
    if not house:
        raise InvalidInput({"house": NO_HOUSE})
    photos = []
    for photo in form.getall("photos", []):
        if isinstance(photo, UploadFile) and photo.filename:
            with Image.open(photo.file) as picture:
                photos.append([photo.filename, *picture.size])
    number = await numbers.draw(ctx, "rounds")
    await audit.record(
        ctx,
        "rounds.visit.recorded",
        f"visit/{number}",
        house=house,
        note=str(form.get("note", "")),
        kind=str(form.get("kind", "")),
        photos=photos,
    )
    return Answer(f"/rounds/{number}", Text(f"เลขที่ {number}", f"No. {number}"))


@get("/rounds", guards=[public])
async def show_form(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    return await page(request, ctx, "rounds/visit.html", to="/rounds", problems={}, house="")


@get("/rounds/desk", guards=[signed_in])
async def show_desk(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    return await page(request, ctx, "rounds/visit.html", to="/rounds/desk", problems={}, house="")


@get("/rounds/{number:int}", guards=[public])
async def show_visit(
    request: Request[Any, Any, Any], ctx: Ctx, number: FromPath[int]
) -> Response[str]:
    return await page(request, ctx, "rounds/recorded.html", number=number)


@post("/rounds", guards=[public])
async def record_visit(request: Request[Any, Any, Any], ctx: Ctx) -> Response[Any]:
    sending = await read_sending(request, ctx)
    form = await request.form()
    return reply(request, ctx, await once(ctx, sending, partial(record, ctx, form)))


@post("/rounds/desk", guards=[signed_in])
async def record_at_desk(request: Request[Any, Any, Any], ctx: Ctx) -> Response[Any]:
    sending = await read_sending(request, ctx)
    form = await request.form()
    return reply(request, ctx, await once(ctx, sending, partial(record, ctx, form)))


@get("/rounds/plain", guards=[public])
async def show_plain_form(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    return await page(request, ctx, "rounds/visit.html", to="/rounds/plain", problems={}, house="")


@post("/rounds/plain", guards=[public])
async def record_plainly(request: Request[Any, Any, Any], ctx: Ctx) -> Response[Any] | Redirect:
    """Answer as a handler that knows nothing of the worker: a page with its problems, or on."""
    sending = await read_sending(request, ctx)
    form = await request.form()
    try:
        answer = await once(ctx, sending, partial(record, ctx, form))
    except InvalidInput as refusal:
        return await page(
            request,
            ctx,
            "rounds/visit.html",
            status_code=422,
            to="/rounds/plain",
            problems={name: text.to(ctx.language) for name, text in refusal.problems.items()},
            house=str(form.get("house", "")),
        )
    return Redirect(answer.location, status_code=303)


def find_templates(request: Request[Any, Any, Any]) -> None:
    templates: Any = request.app.template_engine
    folder = Path(__file__).parent / "templates"
    templates.engine.loader.mapping.setdefault("rounds", FileSystemLoader(folder))


@hookimpl
def register_routes() -> list[Router]:
    handlers = [
        show_form,
        show_desk,
        show_visit,
        show_plain_form,
        record_visit,
        record_at_desk,
        record_plainly,
    ]
    return [Router("/", route_handlers=handlers, before_request=find_templates)]
