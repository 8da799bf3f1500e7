"""Who may do what with permits and plans."""

from core.api import Text

PLANS = "permits.plans"
CARRY = "permits.carry"
READ = "permits.read"
REMINDERS = "permits.reminders"
FIGURES = "permits.figures"
ORDER = "permits.order"
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
# What a role of an office has to begin with.
ROLES = {
    "officer": (READ, CARRY),
    "head": (READ,),
    "director": (READ, CARRY, PLANS, FIGURES, REMINDERS),
    "deputy_clerk": (READ,),
    "clerk": (READ,),
    "mayor": (READ, ORDER),
    "administrator": (PLANS, FIGURES, REMINDERS),
}
