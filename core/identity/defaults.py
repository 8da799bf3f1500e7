"""The roles with which every municipality begins, and the core's own permissions.

What each role may do in the services is proposed by the plugins; an office
changes it as it likes, and adds roles of its own.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from core.text import Text

_KNOWN: Mapping[str, Any] = msgspec.json.decode(
    Path(__file__).with_name("data").joinpath("roles.json").read_bytes()
)

PERMISSIONS: Mapping[str, Text] = {
    "core.people": Text(
        "จัดการเจ้าหน้าที่ บทบาท และผู้รักษาราชการแทน",
        "Manage officers, roles and who acts for whom",
    ),
    "core.modules": Text("เปิดและปิดโมดูล", "Switch modules on and off"),
    "core.audit": Text("อ่านบันทึกการใช้งาน", "Read the audit trail"),
    "core.settings": Text("ตั้งค่าหน่วยงาน", "Change the settings of the office"),
}

# Held in the tenant that runs the platform for all others; elsewhere there are no such rights.
OF_OPERATOR: Mapping[str, Text] = {
    "core.operator": Text(
        "ดูแลหน่วยงานทั้งหมดในระบบ ภาพรวม และประกาศถึงผู้ดูแลระบบ",
        "Look after all tenants, their state, and announcements to administrators",
    ),
    "core.support": Text(
        "ขอเข้าใช้ระบบของหน่วยงานเพื่อช่วยเหลือ เมื่อหน่วยงานยินยอม",
        "Ask for support access to a tenant, and use it by consent",
    ),
}
# What the core itself proposes, as plugins do in their manifests.
PROPOSED: Mapping[str, tuple[str, ...]] = {
    "administrator": tuple(PERMISSIONS),
    "clerk": ("core.people", "core.audit"),
    "mayor": ("core.audit",),
}

CODES = frozenset(role["code"] for role in _KNOWN["roles"])


def default_roles(kind: str) -> list[tuple[str, Text]]:
    """Return code and title of the roles of an office, the lowest post first.

    :param kind: of the office, by which its two highest posts are called.
    """
    heads = next(one for one in _KNOWN["heads"] if kind.startswith(one["kind"]))
    words = {post: Text(*heads[post]) for post in ("clerk", "mayor")}
    return [(role["code"], Text(*role["title"]).format(**words)) for role in _KNOWN["roles"]]
