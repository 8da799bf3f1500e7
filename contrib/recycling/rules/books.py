"""The accounts of the community enterprise, and what its postings are called.

The money is that of its members and its own: none of it is revenue of the municipality.
"""

from collections.abc import Mapping

from core.api import Text

MEMBER = "member"
CASH, BANK, ON_WAY, STOCK = "cash", "bank", "on_way", "stock"
COLLECTOR, CAPITAL, LOSS, SURPLUS = "collector", "capital", "loss", "surplus"

ACCOUNTS: Mapping[str, Text] = {
    CASH: Text("เงินสด", "Cash"),
    BANK: Text("เงินฝากธนาคาร", "Bank"),
    ON_WAY: Text("ของที่ผู้รับซื้อถืออยู่ (ราคาซื้อ)", "Goods with collectors, at cost"),
    STOCK: Text("ของในคลัง (ราคาซื้อ)", "Stock at the centre, at cost"),
    COLLECTOR: Text("ผู้รับซื้อต้องชดใช้", "Owed by collectors"),
    LOSS: Text("น้ำหนักขาด", "Weight lost"),
    MEMBER: Text("บัญชีสมาชิก", "Accounts of members"),
    CAPITAL: Text("เงินทุน", "Capital"),
    SURPLUS: Text("ส่วนต่างจากการขาย", "Margin of sales"),
}

WHAT: Mapping[str, Text] = {
    "bought": Text("ขายวัสดุ ตามบัตรชั่ง", "Material sold, by ticket"),
    "paid": Text("รับเงินสดเมื่อชั่ง", "Cash when weighed"),
    "voided": Text("ยกเลิกบัตรชั่ง", "Ticket voided"),
    "withdrawn": Text("ถอนเงิน", "Withdrawn"),
    "arrived": Text("รับเข้าคลัง", "Came into stock"),
    "short": Text("น้ำหนักขาด", "Weight lost"),
    "sold": Text("ขายให้โรงงาน", "Sold to a factory"),
    "margin": Text("ส่วนต่างจากการขาย", "Margin of a sale"),
    "dividend": Text("เงินเฉลี่ยคืนจากส่วนต่าง", "Dividend of the margin"),
    "capital": Text("เงินทุนเข้า", "Capital paid in"),
}

WAYS: Mapping[str, Text] = {
    "cash": Text("เงินสด", "Cash"),
    "promptpay": Text("พร้อมเพย์", "PromptPay"),
    "bank": Text("โอนเข้าบัญชีธนาคาร", "Bank account"),
}

SHOWN: Mapping[str, Text] = {
    "id_card": Text("บัตรประจำตัวประชาชน", "National ID card"),
    "driving": Text("ใบอนุญาตขับรถ", "Driving licence"),
    "passport": Text("หนังสือเดินทาง", "Passport"),
    "thaid": Text("แอป ThaiD", "The app ThaiD"),
}
