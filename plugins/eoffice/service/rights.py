"""Who may do what with letters.

What an officer may do with one letter follows from the posts it waits for or went through; these
are for the registry, for those who answer for the whole office, and for what is set.
"""

from core.api import Text

READ = "eoffice.read"
REGISTER = "eoffice.register"
DRAFT = "eoffice.draft"
SIGN = "eoffice.sign"
OVERSEE = "eoffice.oversee"
SECRETS = "eoffice.secrets"
SETTINGS = "eoffice.settings"

PERMISSIONS = {
    READ: Text("ดูหนังสือที่ถึงตำแหน่งของตน", "Read letters that come to one's posts"),
    REGISTER: Text("ลงทะเบียนรับ ส่ง จอง และยกเลิกเลข", "Enter, reserve and void numbers in registers"),
    DRAFT: Text("ร่างหนังสือ", "Draft letters"),
    SIGN: Text("ลงนามหนังสือราชการ", "Sign official letters"),
    OVERSEE: Text(
        "ดูหนังสือทุกฉบับที่ไม่ลับของส่วนราชการ", "Read every letter of a division that is no secret"
    ),
    SECRETS: Text("นายทะเบียนข้อมูลข่าวสารลับ", "Registrar of secret documents"),
    SETTINGS: Text("ตั้งค่างานสารบรรณ", "Set how correspondence works"),
}

_STAFF = (READ, DRAFT)
ROLES = {
    "registry": (READ, REGISTER, DRAFT, OVERSEE),
    "officer": _STAFF,
    "treasury": _STAFF,
    "head": _STAFF,
    "director": (*_STAFF, SIGN, OVERSEE),
    "deputy_clerk": (*_STAFF, SIGN, OVERSEE),
    "clerk": (*_STAFF, SIGN, OVERSEE, SETTINGS),
    "mayor": (*_STAFF, SIGN, OVERSEE),
    "administrator": (SETTINGS,),
}
