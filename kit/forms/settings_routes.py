"""The page on which an administrator sets a plugin up, made from what the plugin declares."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, NavItem, Text, allow
from kit.forms.posted import AnyRequest
from kit.forms.settings import OfficeSettings, declared, keep, known
from kit.forms.sheets import Sheet, read_sheet, show_sheet

MODULES = "/desk/modules"
_MAY = allow("core.modules")
_TITLE = Text("ตั้งค่า {title}", "Settings of {title}")
_SAVE = Text("บันทึกการตั้งค่า", "Save the settings")
_LINK = Text("ตั้งค่า", "Settings")


@get(MODULES + "/{name:str}/settings", guards=[_MAY])
async def show_settings(request: AnyRequest, ctx: Ctx, name: FromPath[str]) -> Response[str]:
    """Show what is set in a plugin, to be changed."""
    form = declared(ctx, name)
    return await show_sheet(request, ctx, _sheet(ctx, name, form), values=known(ctx, name, form))


@post(MODULES + "/{name:str}/settings", guards=[_MAY])
async def set_them(request: AnyRequest, ctx: Ctx, name: FromPath[str]) -> Response[str] | Redirect:
    """Keep what was set; every process follows within two seconds."""
    form = declared(ctx, name)
    sheet = _sheet(ctx, name, form)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    await keep(ctx, name, form, reading.values)
    return Redirect(f"{MODULES}/{name}", status_code=303)


def _sheet(ctx: Context, name: str, form: OfficeSettings) -> Sheet:
    title = ctx.host.plugins[name].title
    return Sheet(
        title=_TITLE.format(title=title),
        back=(f"{MODULES}/{name}", title),
        groups=form.sheet,
        button=_SAVE,
        intro=form.intro,
    )


def links(ctx: Context, plugin: str) -> list[NavItem]:
    """Return the way to the page, where a plugin that is on declares settings."""
    has = plugin in ctx.tenant.plugins and plugin in dict(ctx.host.gathered("register_settings"))
    return [NavItem(_LINK, f"{MODULES}/{plugin}/settings", order=10)] if has else []


router = Router("/", route_handlers=[show_settings, set_them])
