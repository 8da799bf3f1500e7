"""Who may do what in the waste bank."""

from core.api import Text

READ = "recycling.read"
MEMBERS = "recycling.members"
PRICE = "recycling.price"
COLLECT = "recycling.collect"
PAY = "recycling.pay"
CENTRE = "recycling.centre"
APPROVE = "recycling.approve"
FIGURES = "recycling.figures"

PERMISSIONS = {
    READ: Text("ดูทะเบียนและบัญชีของธนาคารขยะ", "Read the register and books of the waste bank"),
    MEMBERS: Text("รับและแก้สมาชิกธนาคารขยะ", "Take in and change members of the waste bank"),
    PRICE: Text("ตั้งราคารับซื้อ", "Set the prices"),
    COLLECT: Text("รับงานเรียกรถและชั่งที่บ้านสมาชิก", "Take calls and weigh at members' houses"),
    PAY: Text("จ่ายเงินถอนให้สมาชิก", "Pay what members withdraw"),
    CENTRE: Text("ชั่งซ้ำที่ศูนย์และขายให้โรงงาน", "Weigh at the centre and sell to factories"),
    APPROVE: Text(
        "อนุมัติเงินทดรอง ยกเลิกบัตรชั่ง ตัดสินน้ำหนักที่ต่าง และเฉลี่ยคืน",
        "Approve advances, void tickets, settle differences, give dividends",
    ),
    FIGURES: Text("กำหนดเกณฑ์ของธนาคารขยะ", "Set the figures of the waste bank"),
}
ROLES = {
    "officer": (READ, MEMBERS, COLLECT, CENTRE),
    "head": (READ, MEMBERS, PRICE, CENTRE),
    "treasury": (READ, PAY),
    "director": (READ, PRICE, CENTRE, APPROVE, FIGURES),
    "deputy_clerk": (READ,),
    "clerk": (READ, APPROVE),
    "mayor": (READ,),
    "administrator": (FIGURES,),
}
