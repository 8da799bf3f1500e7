"""The roles with which every municipality begins, and the core's own permissions.

Posts and their order: Municipality Act B.E. 2496, s. 48 teras, sattaras, ekunavisati. What each
may do in the services is proposed by the plugins; an office changes it as it likes.
"""

from collections.abc import Mapping

import msgspec

from core.tenants.tenant import Tenant
from core.text import Text

PERMISSIONS: Mapping[str, Text] = {
    "core.people": Text(
        "จัดการเจ้าหน้าที่ บทบาท และผู้รักษาราชการแทน", "Manage officers, roles and who acts for whom"
    ),
    "core.modules": Text("เปิดและปิดโมดูล", "Switch modules on and off"),
    "core.audit": Text("อ่านบันทึกการใช้งาน", "Read the audit trail"),
    "core.settings": Text("ตั้งค่าหน่วยงาน", "Change the settings of the office"),
}

# What the core itself proposes, as plugins do in their manifests.
PROPOSED: Mapping[str, tuple[str, ...]] = {
    "administrator": tuple(PERMISSIONS),
    "clerk": ("core.people", "core.audit"),
    "mayor": ("core.audit",),
}


class DefaultRole(msgspec.Struct, frozen=True):
    """A role that is made with the municipality."""

    code: str
    title: Text


_ROLES = (
    DefaultRole("registry", Text("เจ้าหน้าที่ธุรการ", "Registry clerk")),
    DefaultRole("officer", Text("เจ้าหน้าที่", "Officer")),
    DefaultRole("treasury", Text("เจ้าหน้าที่การเงิน กองคลัง", "Treasury officer")),
    DefaultRole("head", Text("หัวหน้าฝ่าย", "Head of section")),
    DefaultRole("director", Text("ผู้อำนวยการกอง", "Director of division")),
    DefaultRole("administrator", Text("ผู้ดูแลระบบ", "Administrator")),
    DefaultRole("deputy_clerk", Text("รองปลัด{office}", "Deputy Clerk")),
    DefaultRole("clerk", Text("ปลัด{office}", "Clerk")),
    DefaultRole("mayor", Text("นายก{office}", "{mayor}")),
)
CODES = frozenset(role.code for role in _ROLES)

# How the two highest posts are called: by the kind of the office, as it is written in its name.
_OFFICES = (
    ("เทศบาล", "เทศบาล", "เทศมนตรี", "Mayor"),
    ("อบต.", "องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนตำบล", "Chief Executive"),
    ("อบจ.", "องค์การบริหารส่วนจังหวัด", "องค์การบริหารส่วนจังหวัด", "Chief Executive"),
    ("เมืองพัทยา", "เมืองพัทยา", "เมืองพัทยา", "Mayor"),
)


def default_roles(tenant: Tenant) -> list[DefaultRole]:
    """Return the roles of a municipality of this kind, the lowest post first."""
    office, led, mayor = "", "", "Chief Executive"
    for start, clerk_of, mayor_of, english in _OFFICES:
        if tenant.kind.startswith(start):
            office, led, mayor = clerk_of, mayor_of, english
    return [
        DefaultRole(
            role.code,
            role.title.format(office=led if role.code == "mayor" else office, mayor=mayor),
        )
        for role in _ROLES
    ]
