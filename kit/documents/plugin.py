"""Documents as a part of the platform: always on, for every municipality."""

from collections.abc import Sequence

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Card, Check, Context, Effect, Job, Manifest, NavItem, Text, hookimpl
from kit.documents import conforming, hooks, kept_routes, routes, sending, switching
from kit.documents.piccolo_app import APP_CONFIG

MANIFEST = Manifest(
    name="documents",
    title=Text("เอกสาร", "Documents"),
    summary=Text("เอกสารที่หน่วยงานออก และการตรวจว่าเป็นของจริง", "Papers and their verification"),
    fixed=True,
    hookspecs=(hooks,),
    actions={
        "documents.kept.read": Text("เปิดอ่านเอกสารลับเดิม", "Opened a secret record of before"),
        "documents.paper.issued": Text("ออกเอกสาร", "Issued a paper"),
        "documents.paper.revoked": Text("เพิกถอนเอกสาร", "Revoked a paper"),
    },
)

_DOOR = Card(
    Text("ตรวจเอกสาร", "Check a paper"),
    Text("เอกสารนี้หน่วยงานออกจริงหรือไม่", "Did this office issue it"),
    "/v",
    Text("ตรวจ", "Check"),
    order=40,
    sign="shield",
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the verification page, and what plugins have left that are off."""
    return [routes.router, kept_routes.router]


@hookimpl
def register_tables() -> AppConfig:
    """Keep papers in the schema ``documents``."""
    return APP_CONFIG


@hookimpl
def register_checks() -> Sequence[Check]:
    """Give the checks of what plugins leave of their records."""
    return conforming.CHECKS


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Delete files that broke off and were not gone on with for a day."""
    return [Job(name="documents.sweep_uploads", run=sending.sweep, every="40 * * * *")]


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead citizens to the verification page, officers to records of what is off."""
    if area != "public":
        return await kept_routes.links(ctx)
    return [NavItem(Text("ตรวจเอกสาร", "Check a paper"), "/v", order=40)]


@hookimpl
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
    """Lead from the start page to the verification page."""
    return [_DOOR] if area == "public" else []


@hookimpl
async def effects_of_switch(ctx: Context, plugin: str) -> Sequence[Effect]:
    """Tell that its papers stay."""
    return await switching.effects(ctx, plugin)
