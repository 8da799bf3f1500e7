"""e-Office: what it is, and where it joins the platform."""

from collections.abc import Sequence

from piccolo.conf.apps import AppConfig

from core.api import Manifest, Message, Text, hookimpl
from plugins.eoffice.piccolo_app import APP_CONFIG
from plugins.eoffice.service import tasks
from plugins.eoffice.service.acts import ACTIONS
from plugins.eoffice.service.rights import PERMISSIONS, ROLES

MANIFEST = Manifest(
    name="eoffice",
    title=Text("สำนักงานอิเล็กทรอนิกส์", "e-Office"),
    summary=Text(
        "รับ เสนอ สั่งการ ลงนาม ออกเลข ส่ง และเก็บหนังสือราชการโดยไม่ใช้กระดาษ",
        "Receive, route, sign, number, send and keep official letters without paper",
    ),
    law=("ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 และที่แก้ไขเพิ่มเติม",),
    permissions=PERMISSIONS,
    roles=ROLES,
    actions=ACTIONS,
)


@hookimpl
def register_tables() -> AppConfig:
    """Keep letters in the schema ``eoffice``."""
    return APP_CONFIG


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts of what officers are told."""
    return (tasks.CAME,)
