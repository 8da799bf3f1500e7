"""Who may do what with food premises."""

from core.api import Text

READ = "food_cert.read"
CARRY = "food_cert.carry"
INSPECT = "food_cert.inspect"
FEES = "food_cert.fees"
ORDER = "food_cert.order"
FIGURES = "food_cert.figures"
# Whose cases these are, as their declarations say.
UNIT = "health"

PERMISSIONS = {
    READ: Text("ดูทะเบียนสถานที่อาหาร", "Read the register of food premises"),
    CARRY: Text("แก้ทะเบียนสถานที่อาหาร", "Change the register of food premises"),
    INSPECT: Text("ตรวจสุขลักษณะสถานที่อาหาร", "Inspect the hygiene of food premises"),
    FEES: Text("ตั้งอัตราและออกใบแจ้งค่าธรรมเนียมรายปี", "Set bands and bill yearly fees"),
    ORDER: Text(
        "ลงนามคำสั่งพักใช้ เพิกถอน ให้หยุด และหนังสือแจ้งเตือนการต่ออายุ",
        "Sign orders to suspend, revoke, stop, and letters about renewals",
    ),
    FIGURES: Text("กำหนดเกณฑ์ตามกฎหมายสาธารณสุข", "Set the figures of public health law"),
}

ROLES = {
    "officer": (READ, CARRY, INSPECT),
    "head": (READ, INSPECT),
    "director": (READ, CARRY, INSPECT, FEES, FIGURES),
    "treasury": (READ, FEES),
    "deputy_clerk": (READ,),
    "clerk": (READ,),
    "mayor": (READ, ORDER),
    "administrator": (FIGURES,),
}
