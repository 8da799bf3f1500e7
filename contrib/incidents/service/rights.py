"""Who may do what with incidents."""

from core.api import Text

READ = "incidents.read"
SCREEN = "incidents.screen"
WORK = "incidents.work"
ASSETS = "incidents.assets"
FIGURES = "incidents.figures"
KEYS = "incidents.keys"

PERMISSIONS = {
    READ: Text("ดูเรื่องแจ้งเหตุและทะเบียนทรัพย์สิน", "Read reports of incidents and the asset register"),
    SCREEN: Text(
        "คัดกรอง มอบหมาย รวม ส่งต่อ และปิดเรื่องแจ้งเหตุ",
        "Screen, assign, merge, pass on and close reports of incidents",
    ),
    WORK: Text("รับงานและบันทึกผลงานแจ้งเหตุ", "Accept and carry out the work on incidents"),
    ASSETS: Text("แก้ทะเบียนทรัพย์สินและพิมพ์ป้าย", "Change the asset register and print its labels"),
    FIGURES: Text("กำหนดเวลามาตรฐานของงานแจ้งเหตุ", "Set the times promised for incidents"),
    KEYS: Text("ออกและถอนคีย์ของโปรแกรมอื่น", "Give out and withdraw keys of other programs"),
}

ROLES = {
    "registry": (READ, SCREEN),
    "officer": (READ, WORK),
    "head": (READ, SCREEN, WORK),
    "director": (READ, SCREEN, WORK, ASSETS, FIGURES),
    "deputy_clerk": (READ,),
    "clerk": (READ, SCREEN, FIGURES),
    "mayor": (READ,),
    "administrator": (ASSETS, FIGURES, KEYS),
}
