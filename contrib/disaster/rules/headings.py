"""What offices call the columns of their lists of households."""

from collections.abc import Mapping

# Columns by what they are called, in small letters; the first name is shown.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "house_code": ("รหัสประจำบ้าน", "เลขรหัสประจำบ้าน", "house code"),
    "name": ("ชื่อหัวหน้าครัวเรือน", "หัวหน้าครัวเรือน", "ชื่อเจ้าบ้าน", "เจ้าบ้าน", "ชื่อ-สกุล", "ชื่อ", "name"),
    "phone": ("โทรศัพท์", "เบอร์โทรศัพท์", "เบอร์โทร", "โทร", "phone"),
    "address": ("ที่อยู่", "บ้านเลขที่", "เลขที่", "address"),
    "village": ("ชุมชน", "หมู่บ้าน", "ชื่อชุมชน", "village"),
    "subdistrict": ("ตำบล", "แขวง", "subdistrict"),
    "lat": ("ละติจูด", "lat", "latitude"),
    "lon": ("ลองจิจูด", "lon", "longitude"),
    "floor_cm": ("ความสูงพื้นบ้าน (ซม.)", "พื้นบ้านสูง (ซม.)", "ความสูงพื้นบ้าน", "floor"),
    "members": ("จำนวนสมาชิก", "สมาชิก", "จำนวนคน", "members"),
    "elderly": ("ผู้สูงอายุ", "elderly"),
    "disabled": ("ผู้พิการ", "คนพิการ", "disabled"),
    "bedridden": ("ผู้ป่วยติดเตียง", "ติดเตียง", "bedridden"),
    "infant": ("เด็กเล็ก", "infant"),
    "pregnant": ("หญิงมีครรภ์", "หญิงตั้งครรภ์", "pregnant"),
    "powered": ("ใช้อุปกรณ์ช่วยชีวิตที่ใช้ไฟฟ้า", "อุปกรณ์ช่วยชีวิตที่ใช้ไฟฟ้า", "อุปกรณ์ไฟฟ้า", "powered"),
}
NEEDED = ("name", "address", "village", "members")
