"""Who may do what with permits and plans, and the sentence for who may not."""

from core.api import Context, InvalidInput, NotAllowed, Text

PLANS = "permits.plans"
CARRY = "permits.carry"
READ = "permits.read"
REMINDERS = "permits.reminders"
FIGURES = "permits.figures"
ORDER = "permits.order"
LONGEST = 500
# Whose cases requests to build are, as their declarations say.
UNIT = "works"

PERMISSIONS = {
    PLANS: Text("จัดการแบบบ้านมาตรฐาน", "Manage standard house plans"),
    CARRY: Text("แก้ทะเบียนใบอนุญาตตามคำขอ", "Carry out requests in the register of permits"),
    READ: Text("ดูทะเบียนใบอนุญาตก่อสร้าง", "Read the register of permits"),
    REMINDERS: Text("ตั้งวันเตือนก่อนใบอนุญาตหมดอายุ", "Set when holders of permits are reminded"),
    FIGURES: Text("กำหนดเกณฑ์ตามกฎหมายควบคุมอาคาร", "Set the figures of building law"),
    ORDER: Text("ลงนามคำสั่งระงับ แก้ไข รื้อถอน", "Sign orders to stop, put right and demolish"),
}


def need(ctx: Context, permission: str) -> None:
    """Return when the actor holds a permission; what the system does by itself may be done.

    :raises NotAllowed: it does not.
    """
    if ctx.actor.kind != "system" and not ctx.actor.may(permission):
        raise NotAllowed(
            Text(
                "บัญชีของท่านไม่มีสิทธิ: {what} ถ้าต้องใช้ แจ้งผู้ดูแลระบบ",
                "Your account may not: {what}. Ask the administrator if you need to.",
            ).format(what=PERMISSIONS[permission])
        )


def reason(why: str) -> str:
    """Return a reason on one line.

    :raises InvalidInput: there is none, or it is too long.
    """
    said = " ".join(why.split())
    if not 1 <= len(said) <= LONGEST:
        raise InvalidInput(
            {
                "why": Text(
                    "เขียนเหตุผลไม่เกิน {most} ตัวอักษร ผู้ตรวจสอบจะอ่านข้อความนี้",
                    "Write why, in at most {most} characters. Auditors read it.",
                ).format(most=LONGEST)
            }
        )
    return said
