"""e-Office: what it is, and where it joins the platform."""

from core.api import Manifest, Text

MANIFEST = Manifest(
    name="eoffice",
    title=Text("สำนักงานอิเล็กทรอนิกส์", "e-Office"),
    summary=Text(
        "รับ เสนอ สั่งการ ลงนาม ออกเลข ส่ง และเก็บหนังสือราชการโดยไม่ใช้กระดาษ",
        "Receive, route, sign, number, send and keep official letters without paper",
    ),
    law=("ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 และที่แก้ไขเพิ่มเติม",),
)
