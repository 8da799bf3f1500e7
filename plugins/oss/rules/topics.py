"""The headings under which citizens look for services."""

from collections.abc import Mapping

from core.api import Text

# In the order of the front door; a service names one by its key.
TOPICS: Mapping[str, Text] = {
    "report": Text("แจ้งเหตุ", "Report a problem"),
    "use": Text("ขอใช้ ขอความช่วยเหลือ", "Use and help"),
    "home": Text("บ้านและที่ดิน", "House and land"),
    "shops": Text("ร้านค้าและอาหาร", "Shops and food"),
    "waste": Text("ขยะและน้ำเสีย", "Waste"),
    "welfare": Text("ผู้สูงอายุและสวัสดิการ", "Welfare"),
    "certificates": Text("หนังสือรับรอง", "Certificates"),
    "tax": Text("ภาษีและค่าธรรมเนียม", "Taxes and fees"),
    "information": Text("ข้อมูลข่าวสาร", "Information"),
    "general": Text("เรื่องอื่น ๆ", "Other matters"),
}
