"""Who may do what with the register and its fees."""

from core.api import Text

READ, REGISTER = "waste_fees.read", "waste_fees.register"
TARIFF, BILL = "waste_fees.tariff", "waste_fees.bill"
DEMAND = "waste_fees.demand"

PERMISSIONS = {
    READ: Text("ดูทะเบียนจุดให้บริการและค่าธรรมเนียม", "See service points and fees"),
    REGISTER: Text("แก้ทะเบียนจุดให้บริการ", "Change the register of service points"),
    TARIFF: Text("กำหนดประเภทและอัตราค่าธรรมเนียม", "Set kinds of fees and tariffs"),
    BILL: Text("ออกใบแจ้งค่าธรรมเนียม", "Issue bills for fees"),
    DEMAND: Text("ลงนามหนังสือทวงถาม", "Sign letters that demand arrears"),
}
