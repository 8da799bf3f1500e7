"""What offices call the columns of their registers of food premises, and what stands in them."""

from collections.abc import Mapping

from plugins.food_cert.rules.places import CERTIFICATE, INSTRUMENTS, KINDS, LICENCE, SELL, STORE

# Columns by what they are called, in small letters; the first name is shown.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "เลขที่หนังสือรับรอง/ใบอนุญาต",
        "เลขที่ใบอนุญาต/หนังสือรับรอง",
        "เลขที่ใบอนุญาต",
        "เลขที่หนังสือรับรอง",
        "เลขที่หนังสือรับรองการแจ้ง",
        "เลขที่เอกสาร",
        "เลขที่",
        "number",
    ),
    "instrument": ("ชนิดเอกสาร", "ประเภทเอกสาร", "หนังสือรับรอง/ใบอนุญาต", "document"),
    "name": ("ชื่อสถานประกอบการ", "ชื่อสถานประกอบกิจการ", "สถานประกอบการ", "ชื่อร้าน", "ชื่อกิจการ", "name"),
    "holder": (
        "ชื่อผู้ประกอบการ",
        "ชื่อผู้ประกอบกิจการ",
        "ผู้ประกอบการ",
        "ผู้ประกอบกิจการ",
        "ชื่อผู้รับใบอนุญาต",
        "ชื่อผู้แจ้ง",
        "ชื่อเจ้าของ",
        "เจ้าของ",
        "ชื่อ-สกุล",
        "ชื่อ-นามสกุล",
        "holder",
    ),
    "company_id": ("เลขนิติบุคคล", "เลขทะเบียนนิติบุคคล", "company id"),
    "kind": ("ประเภท", "ประเภทกิจการ", "ประเภทสถานที่", "ประเภทสถานประกอบการ", "kind"),
    "area": (
        "พื้นที่",
        "พื้นที่ (ตร.ม.)",
        "พื้นที่(ตร.ม.)",
        "พื้นที่ (ตารางเมตร)",
        "พื้นที่ประกอบการ",
        "ขนาดพื้นที่",
        "area",
    ),
    "workers": ("จำนวนคนงาน", "คนงาน", "จำนวนลูกจ้าง", "workers"),
    "address": ("ที่ตั้ง", "ที่อยู่", "ที่ตั้งสถานประกอบการ", "สถานที่ตั้ง", "address"),
    "house_no": ("บ้านเลขที่", "เลขที่บ้าน", "house no"),
    "moo": ("หมู่", "หมู่ที่", "moo"),
    "soi": ("ซอย", "ตรอก/ซอย", "soi"),
    "road": ("ถนน", "road"),
    "subdistrict": ("ตำบล", "ตำบล/แขวง", "แขวง", "subdistrict"),
    "phone": ("โทรศัพท์", "เบอร์โทร", "เบอร์โทรศัพท์", "หมายเลขโทรศัพท์", "โทร", "phone"),
    "issued_on": ("วันที่ออก", "วันออก", "วันที่ออกใบอนุญาต", "วันที่ออกหนังสือรับรอง", "ออกให้เมื่อ", "issued"),
    "until": ("วันหมดอายุ", "วันที่หมดอายุ", "วันสิ้นอายุ", "หมดอายุ", "ใช้ได้ถึง", "until"),
    "opened_on": ("วันที่เริ่มกิจการ", "วันเริ่มกิจการ", "เริ่มกิจการ", "วันที่เปิดกิจการ", "opened"),
    "lat": ("ละติจูด", "lat", "latitude"),
    "lon": ("ลองจิจูด", "lon", "lng", "longitude"),
}

# Kinds and instruments by what they are called, in small letters.
NAMED_KINDS = {
    **{one: code for code, title in KINDS.items() for one in (code, title.th, title.en.casefold())},
    "จำหน่าย": SELL,
    "จำหน่ายอาหาร": SELL,
    "จัดตั้งสถานที่จำหน่ายอาหาร": SELL,
    "ร้านอาหาร": SELL,
    "ร้านกาแฟ": SELL,
    "สะสม": STORE,
    "สะสมอาหาร": STORE,
    "จัดตั้งสถานที่สะสมอาหาร": STORE,
    "ร้านขายของชำ": STORE,
    "มินิมาร์ท": STORE,
}
NAMED_INSTRUMENTS = {
    **{
        one: code
        for code, title in INSTRUMENTS.items()
        for one in (code, title.th, title.en.casefold())
    },
    "หนังสือรับรอง": CERTIFICATE,
    "แจ้ง": CERTIFICATE,
    "ใบอนุญาตจัดตั้ง": LICENCE,
    "อนุญาต": LICENCE,
}
