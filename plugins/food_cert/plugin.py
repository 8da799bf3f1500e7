"""Food premises: what they are, and where they join the platform."""

from collections.abc import Sequence
from pathlib import Path

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Manifest, Text, hookimpl
from plugins.food_cert import routes
from plugins.food_cert.piccolo_app import APP_CONFIG
from plugins.food_cert.service.rights import (
    CARRY,
    FEES,
    FIGURES,
    INSPECT,
    ORDER,
    PERMISSIONS,
    READ,
)

MANIFEST = Manifest(
    name="food_cert",
    title=Text("สถานที่จำหน่ายและสะสมอาหาร", "Food premises"),
    summary=Text(
        "แจ้งหรือขออนุญาตร้านอาหาร ตรวจสุขลักษณะ ค่าธรรมเนียมรายปี และทะเบียน",
        "Notices and licences of food premises, hygiene, yearly fees and their register",
    ),
    law=("พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 38 ถึงมาตรา 66",),
    permissions=PERMISSIONS,
    roles={
        "officer": (READ, CARRY, INSPECT),
        "head": (READ, INSPECT),
        "director": (READ, CARRY, INSPECT, FEES, FIGURES),
        "treasury": (READ, FEES),
        "deputy_clerk": (READ,),
        "clerk": (READ,),
        "mayor": (READ, ORDER),
        "administrator": (FIGURES,),
    },
    actions={
        "food_cert.inspection.read": Text("ดูบันทึกการตรวจสุขลักษณะ", "Opened an inspection"),
        "food_cert.place.entered": Text("ลงทะเบียนสถานที่อาหาร", "Entered a place"),
        "food_cert.place.inspected": Text("บันทึกการตรวจสุขลักษณะ", "Recorded an inspection"),
    },
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the way in, the register and the work at the desk."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep food premises in the schema ``food_cert``."""
    return APP_CONFIG


@hookimpl
def register_papers() -> Path:
    """Give the templates of certificates, licences and orders."""
    return Path(__file__).parent / "papers"
