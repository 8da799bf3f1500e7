"""Disasters: what they are, and where they join the platform."""

from collections.abc import Sequence

from litestar import Router
from piccolo.conf.apps import AppConfig

from contrib.disaster import routes
from contrib.disaster.piccolo_app import APP_CONFIG
from contrib.disaster.service import doors
from contrib.disaster.service.acts import ACTIONS
from contrib.disaster.service.rights import PERMISSIONS, ROLES
from core.api import Context, Manifest, NavItem, Text, hookimpl

MANIFEST = Manifest(
    name="disaster",
    title=Text("ระบบจัดการสาธารณภัย", "Disasters"),
    summary=Text(
        "เหตุการณ์ ครัวเรือนเปราะบาง คำขอความช่วยเหลือตามลำดับความเร่งด่วน ศูนย์พักพิง และเงินช่วยเหลือ",
        "Disasters, vulnerable households, requests for help by urgency, shelters, and aid",
    ),
    law=("พ.ร.บ.ป้องกันและบรรเทาสาธารณภัย พ.ศ. 2550",),
    permissions=PERMISSIONS,
    roles=ROLES,
    actions=ACTIONS,
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the work at the desk."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep disasters in the schema ``disaster``."""
    return APP_CONFIG


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to the work with disasters."""
    return doors.links(ctx) if area == "desk" else []
