"""Building permits: what they are, and where they join the platform."""

from collections.abc import Sequence
from pathlib import Path

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Context, Manifest, NavItem, Text, hookimpl
from kit.treasury import Revenue
from plugins.permits import routes
from plugins.permits.piccolo_app import APP_CONFIG
from plugins.permits.service import demo, doors, revenues
from plugins.permits.service.rights import PERMISSIONS, PLANS

MANIFEST = Manifest(
    name="permits",
    title=Text("ขออนุญาตก่อสร้างอาคาร", "Building permits"),
    summary=Text(
        "แบบบ้านมาตรฐานที่ประชาชนเลือกใช้ยื่นขออนุญาตได้",
        "Standard house plans from which citizens choose for their permit",
    ),
    law=("พ.ร.บ.ควบคุมอาคาร พ.ศ. 2522 มาตรา 13 ทวิ (4)",),
    permissions=PERMISSIONS,
    roles={"director": (PLANS,), "administrator": (PLANS,)},
    actions={
        "permits.plan.added": Text("เพิ่มแบบบ้าน", "Added a plan"),
        "permits.plan.changed": Text("แก้แบบบ้านเป็นฉบับใหม่", "Changed a plan"),
        "permits.plan.withdrawn": Text("ถอนแบบบ้าน", "Withdrew a plan"),
    },
)


@hookimpl
def register_revenues() -> Sequence[Revenue]:
    """Give the kinds of revenue of permits and of the check of plans."""
    return revenues.REVENUES


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the library of standard plans, to the desk and to everybody."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep plans, their versions and files in the schema ``permits``."""
    return APP_CONFIG


@hookimpl
def register_papers() -> Path:
    """Give the template of the drawings of the demonstration."""
    return Path(__file__).parent / "papers"


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to the library of plans."""
    return doors.links(ctx) if area == "desk" else []


@hookimpl
async def seed_demo(ctx: Context) -> None:
    """Fill the demonstration with example plans."""
    await demo.fill(ctx)
