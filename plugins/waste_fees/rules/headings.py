"""What offices call the columns and classes of their registers, in Thai as they write them."""

from collections.abc import Mapping

from plugins.waste_fees.rules.register import USES

# Columns by what they are called, in the order of the template; the first name is shown.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "mark": ("รหัสเดิม", "รหัสถัง", "รหัส", "เลขที่ทะเบียน", "code", "id"),
    "payer_name": ("ชื่อผู้ชำระ", "ผู้ชำระ", "ชื่อ-สกุล", "ชื่อ-นามสกุล", "ชื่อสกุล", "ชื่อ", "name", "payer"),
    "use": ("ประเภท", "ประเภทผู้ใช้บริการ", "class", "type"),
    "address": ("ที่ตั้ง", "ที่อยู่", "บ้านเลขที่", "address"),
    "zone": ("โซน", "เขต", "หมู่ที่", "หมู่", "zone"),
    "route": ("เส้นทาง", "สาย", "route"),
    "bins": ("จำนวนถัง", "ถัง", "bins"),
    "litres": ("ลิตรต่อวัน", "ปริมาณ", "ลิตร", "litres"),
    "meter": ("เลขมาตร", "เลขมาตรน้ำ", "meter"),
    "owner": ("เจ้าของ", "owner"),
    "payer_address": ("ที่อยู่ส่งใบแจ้ง", "bill address"),
    "payer_phone": ("โทรศัพท์", "เบอร์โทร", "เบอร์โทรศัพท์", "phone"),
    "lat": ("ละติจูด", "lat", "latitude"),
    "lon": ("ลองจิจูด", "lon", "lng", "longitude"),
    "since": ("เริ่มใช้บริการ", "วันที่เริ่ม", "since"),
}

# Classes by what they are called, in small letters.
NAMED = {title.th: code for code, title in USES.items()} | {code: code for code in USES}
NAMED |= {title.en.casefold(): code for code, title in USES.items()}
NAMED |= {
    "บ้าน": "household",
    "บ้านเรือน": "household",
    "ครัวเรือน": "household",
    "ที่อยู่อาศัย": "household",
    "หอพัก": "dormitory",
    "ห้องเช่า": "dormitory",
    "ร้าน": "shop",
    "ร้านอาหาร": "shop",
    "บริษัท": "business",
    "โรงงาน": "business",
    "ราชการ": "office",
    "ส่วนราชการ": "office",
}
