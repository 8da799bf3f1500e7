"""The one-stop service: what it is, and where it joins the platform."""

from collections.abc import Sequence

from core.api import Manifest, Text, hookimpl
from kit.casework import Service
from plugins.oss import services

MANIFEST = Manifest(
    name="oss",
    title=Text("บริการจุดเดียวเบ็ดเสร็จ", "One-stop service"),
    summary=Text(
        "คำร้อง นัดหมาย เคาน์เตอร์ และบริการพื้นฐาน",
        "Requests, appointments, the counter and the basic services",
    ),
    law=("พ.ร.บ.การอำนวยความสะดวกในการพิจารณาอนุญาตของทางราชการ พ.ศ. 2558",),
)


@hookimpl
def register_services() -> Sequence[Service]:
    """Offer the general request and the commonest services of a municipality."""
    return services.ALL
