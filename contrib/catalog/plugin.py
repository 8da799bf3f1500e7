"""The Curator's desk: what it is, and where it joins the platform."""

from collections.abc import Sequence

from litestar import Router
from piccolo.conf.apps import AppConfig

from contrib.catalog import routes
from contrib.catalog.piccolo_app import APP_CONFIG
from contrib.catalog.service import checking, doors, failures, following
from contrib.catalog.service.acts import ACTIONS
from contrib.catalog.service.rights import PERMISSIONS, ROLES
from core.api import Context, Job, Manifest, NavItem, Text, hookimpl

MANIFEST = Manifest(
    name="catalog",
    title=Text("ตรวจปลั๊กอินเข้าคลัง", "The Curator's desk"),
    summary=Text(
        "ผู้เผยแพร่ส่งปลั๊กอินและติดตาม ผู้ตรวจอ่านและตัดสิน สำหรับหน่วยงานที่ดูแลคลังปลั๊กอินเท่านั้น",
        "Publishers hand in plugins, curators decide; for the office that keeps the catalog",
    ),
    permissions=PERMISSIONS,
    roles=ROLES,
    actions=ACTIONS,
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the pages of publishers and curators."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep submissions in the schema ``catalog``."""
    return APP_CONFIG


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Try submissions, follow the catalog and keep its state signed; forget old reports."""
    return (*checking.JOBS, *following.JOBS, *failures.JOBS)


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead to the desk those who have work there, and everybody to the catalog."""
    return await doors.links(ctx) if area == "desk" else doors.public_links(ctx)
