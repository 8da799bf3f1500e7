"""The room as a plugin: its templates, its script and the pages of settings are there for all."""

from collections.abc import Sequence

from litestar import Router

from core.api import Context, Manifest, NavItem, Text, hookimpl
from kit.forms import hooks, settings_routes

MANIFEST = Manifest(
    name="forms",
    title=Text("แบบฟอร์ม", "Forms"),
    summary=Text(
        "ช่องกรอก การตรวจคำตอบ และข้อความบอกจุดที่ต้องแก้",
        "Fields, the checking of answers, and the sentences on what to correct.",
    ),
    fixed=True,
    hookspecs=(hooks,),
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the pages of settings that plugins declare."""
    return [settings_routes.router]


@hookimpl
async def links_for_module(ctx: Context, plugin: str) -> Sequence[NavItem]:
    """Lead to the page of settings of a plugin that declares some."""
    return settings_routes.links(ctx, plugin)
