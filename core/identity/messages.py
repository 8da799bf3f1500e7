"""What the core writes to people about their own accounts."""

from core.notifications import Message
from core.text import Text

# The code stands in the subject, so that a telephone shows it without being unlocked for long.
ONE_TIME_CODE = Message(
    "core.one_time_code",
    Text("รหัส {code} สำหรับ{office}", "Code {code} for {office}"),
    Text(
        "รหัส {code} ใช้{purpose} ภายใน 10 นาที ห้ามบอกรหัสนี้แก่ผู้อื่น เจ้าหน้าที่จะไม่ขอรหัสนี้จากท่าน "
        "ถ้าท่านไม่ได้ขอ ไม่ต้องทำอะไร",
        "Code {code} is to {purpose}, within 10 minutes. Tell it to nobody: officers never ask "
        "for it. If you did not ask for it, do nothing.",
    ),
    urgent=True,
)
PASSWORD_CHANGED = Message(
    "core.password_changed",
    Text("รหัสผ่านของท่านถูกเปลี่ยน", "Your password was changed"),
    Text(
        "รหัสผ่านของบัญชีที่{office}ถูกเปลี่ยน และอุปกรณ์อื่นออกจากระบบแล้ว "
        "ถ้าท่านไม่ได้เปลี่ยนเอง ตั้งรหัสผ่านใหม่ทันทีและแจ้งสำนักงาน",
        "The password of your account at {office} was changed, and other devices were signed "
        "out. If it was not you, set a new password at once and tell the office.",
    ),
)
CONTACT_CHANGED = Message(
    "core.contact_changed",
    Text("เบอร์โทรศัพท์หรืออีเมลของบัญชีถูกเปลี่ยน", "The phone or e-mail of your account was changed"),
    Text(
        "เบอร์โทรศัพท์หรืออีเมลของบัญชีที่{office}ถูกเปลี่ยน ถ้าท่านไม่ได้เปลี่ยนเอง แจ้งสำนักงานทันที",
        "The phone or e-mail of your account at {office} was changed. If it was not you, tell "
        "the office at once.",
    ),
)

PURPOSES = {
    "sign_in": Text("เข้าสู่ระบบ", "sign in"),
    "register": Text("ลงทะเบียน", "register"),
    "reset": Text("ตั้งรหัสผ่านใหม่", "set a new password"),
    "contact": Text("ยืนยันเบอร์โทรศัพท์หรืออีเมล", "confirm your phone or e-mail"),
}
