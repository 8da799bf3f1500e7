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
KEEP = "eoffice.keep"
LEND = "eoffice.lend"
DESTROY = "eoffice.destroy"

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
    KEEP: Text("เก็บ ให้ยืม ทำบัญชีทำลาย และส่งออกหนังสือ", "Store, lend, list and export documents"),
    LEND: Text("อนุญาตให้หน่วยงานอื่นยืมหนังสือ", "Allow loans to other agencies"),
    DESTROY: Text(
        "สั่งการและอนุมัติทำลายหนังสือในฐานะหัวหน้าหน่วยงาน",
        "Decide as the head of the office what is destroyed",
    ),
}

_STAFF = (READ, DRAFT)
ROLES = {
    "registry": (READ, REGISTER, DRAFT, OVERSEE, KEEP),
    "officer": _STAFF,
    "treasury": _STAFF,
    "head": _STAFF,
    "director": (*_STAFF, SIGN, OVERSEE, LEND),
    "deputy_clerk": (*_STAFF, SIGN, OVERSEE, LEND),
    "clerk": (*_STAFF, SIGN, OVERSEE, SETTINGS, KEEP, LEND),
    "mayor": (*_STAFF, SIGN, OVERSEE, LEND, DESTROY),
    "administrator": (SETTINGS,),
}
