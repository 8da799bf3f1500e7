"""What was done, in words: the titles of actions."""

from collections.abc import Mapping

from core.context import Context
from core.text import Text

CORE: Mapping[str, Text] = {
    "core.account.changed": Text("แก้ข้อมูลบัญชีเจ้าหน้าที่", "Changed an officer's account"),
    "core.account.contact_changed": Text(
        "เปลี่ยนเบอร์โทรศัพท์หรืออีเมลของบัญชี", "Changed an account's phone or e-mail"
    ),
    "core.account.invited": Text("ออกลิงก์ตั้งรหัสผ่าน", "Made a link to set a password"),
    "core.account.language_set": Text("เลือกภาษาของบัญชี", "Chose an account's language"),
    "core.account.password_changed": Text("เปลี่ยนรหัสผ่าน", "Changed a password"),
    "core.account.read": Text("เปิดดูข้อมูลบัญชี", "Opened an account"),
    "core.account.registered": Text("ลงทะเบียนบัญชี", "Registered an account"),
    "core.acting.appointed": Text("แต่งตั้งผู้ทำการแทน", "Appointed somebody to act for another"),
    "core.acting.ended": Text("ยุติการทำการแทน", "Ended an order to act for another"),
    "core.announcement.acknowledged": Text("รับทราบประกาศ", "Read an announcement"),
    "core.announcement.received": Text("ได้รับประกาศ", "Was given an announcement"),
    "core.announcement.sent": Text("ส่งประกาศถึงผู้ดูแลระบบ", "Announced something to administrators"),
    "core.code.told": Text(
        "ผู้ดูแลเครื่องแม่ข่ายออกรหัสเข้าสู่ระบบให้", "Whoever runs the platform told a code to sign in"
    ),
    "core.message.sent_again": Text("ส่งข้อความใหม่", "Sent a message again"),
    "core.national_id.read": Text("เปิดดูเลขประจำตัวประชาชน", "Opened a citizen's number"),
    "core.offices.read": Text("นำเข้ารายชื่อ อปท.", "Took over the list of local offices"),
    "core.office_day.closed": Text("กำหนดวันปิดทำการ", "Closed the office on a day"),
    "core.office_day.opened": Text("กำหนดวันเปิดทำการพิเศษ", "Opened the office on an extra day"),
    "core.office_day.removed": Text("ยกเลิกวันที่กำหนดไว้", "Took back a day that was set"),
    "core.plugin.exported": Text("ส่งออกข้อมูลของโมดูล", "Took along the rows of a module"),
    "core.plugin.installed": Text("ติดตั้งโมดูลจากบัญชีที่รับรอง", "Installed an approved module"),
    "core.plugin.local_allowed": Text(
        "ตัดสินใจใช้โมดูลที่ไม่ผ่านการรับรอง", "Decided to use a module that was not approved"
    ),
    "core.plugin.removed": Text("ลบตารางของโมดูล", "Removed the tables of a module"),
    "core.plugin.rested": Text("พักโมดูลที่ทำงานผิดพลาด", "Put a failing module to rest"),
    "core.plugin.resumed": Text("เลิกระงับรุ่นของโมดูล", "Took back the stop of a module's version"),
    "core.plugin.returned": Text("กลับไปใช้โมดูลรุ่นก่อน", "Went back to a module's version before"),
    "core.plugin.set": Text("เปลี่ยนการตั้งค่าโมดูล", "Changed a module's settings"),
    "core.plugin.started": Text(
        "เริ่มระบบใหม่เพื่อใช้โมดูลที่ติดตั้ง", "Started the platform anew with what was installed"
    ),
    "core.plugin.stopped": Text("ระงับรุ่นของโมดูลตามคำสั่ง", "Stopped a module's version by order"),
    "core.plugin.switched_off": Text("ปิดโมดูล", "Switched a module off"),
    "core.plugin.switched_on": Text("เปิดโมดูล", "Switched a module on"),
    "core.plugin.taken_away": Text("ถอนโมดูลออกจากระบบ", "Took a module off the installation"),
    "core.role.changed": Text("แก้สิทธิของบทบาท", "Changed the rights of a role"),
    "core.role.created": Text("เพิ่มบทบาท", "Added a role"),
    "core.role.deleted": Text("ลบบทบาท", "Deleted a role"),
    "core.role.extended": Text("เพิ่มสิทธิของโมดูลใหม่ให้บทบาท", "Gave a role the rights of a module"),
    "core.role.granted": Text("ให้บทบาทแก่เจ้าหน้าที่", "Gave an officer a role"),
    "core.role.revoked": Text("ถอนบทบาทจากเจ้าหน้าที่", "Took a role from an officer"),
    "core.session.all_ended": Text("ออกจากระบบทุกอุปกรณ์", "Signed out everywhere"),
    "core.session.ended": Text("ออกจากระบบ", "Signed out"),
    "core.session.opened": Text("เข้าสู่ระบบ", "Signed in"),
    "core.support.asked": Text("ขอเข้าใช้ระบบของหน่วยงาน", "Asked for support access"),
    "core.support.ended": Text("จบการเข้าใช้ของฝ่ายสนับสนุน", "Ended a support access"),
    "core.support.given": Text("ยินยอมให้ฝ่ายสนับสนุนเข้าใช้", "Consented to support access"),
    "core.support.refused": Text("ไม่ยินยอมให้ฝ่ายสนับสนุนเข้าใช้", "Refused support access"),
    "core.support.used": Text("ฝ่ายสนับสนุนเปิดหน้า", "Support opened a page"),
    "core.support.withdrawn": Text("ถอนคำขอเข้าใช้", "Took back an ask for support access"),
    "core.tenant.changed": Text("แก้ข้อมูลหน่วยงาน", "Changed what is known of the office"),
    "core.tenant.created": Text("ตั้งหน่วยงานในระบบ", "Founded the office in the system"),
    "core.tenant.exported": Text("ส่งออกข้อมูลทั้งหมดของหน่วยงาน", "Exported all that the office has"),
    "core.tenant.founded": Text("ตั้งหน่วยงานใหม่ในระบบ", "Founded a tenant"),
    "core.tenant.hours_set": Text("เปลี่ยนวันและเวลาทำการ", "Changed the office hours"),
    "core.tenant.imported": Text(
        "นำเข้าข้อมูลทั้งหมดของหน่วยงานจากระบบอื่น", "Brought the office in from another installation"
    ),
    "core.tenant.logo_set": Text("เปลี่ยนตราของหน่วยงาน", "Changed the office's logo"),
    "core.tenant.resumed": Text("เปิดให้บริการหน่วยงานอีกครั้ง", "Served a tenant again"),
    "core.tenant.suspended": Text("ระงับการให้บริการของหน่วยงาน", "Suspended a tenant"),
    "core.trail.read": Text("อ่านบันทึกการใช้งาน", "Read the audit trail"),
    "core.unit.added": Text("เพิ่มส่วนราชการ", "Added a division"),
    "core.unit.changed": Text("แก้ชื่อส่วนราชการ", "Renamed a division"),
    "core.work.done_again": Text("สั่งทำงานเบื้องหลังใหม่", "Had background work done again"),
}

NOUNS: Mapping[str, Text] = {
    "account": Text("บัญชี", "Account"),
    "acting": Text("คำสั่งทำการแทน", "Order to act"),
    "announcement": Text("ประกาศ", "Announcement"),
    "message": Text("ข้อความ", "Message"),
    "offices": Text("รายชื่อ อปท.", "List of local offices"),
    "plugin": Text("โมดูล", "Module"),
    "role": Text("บทบาท", "Role"),
    "session": Text("การเข้าสู่ระบบ", "Session"),
    "support": Text("การเข้าใช้ของฝ่ายสนับสนุน", "Support access"),
    "tenant": Text("หน่วยงาน", "Office"),
    "trail": Text("บันทึกการใช้งาน", "Audit trail"),
    "unit": Text("ส่วนราชการ", "Division"),
    "undelivered": Text("งานเบื้องหลัง", "Background work"),
}


def title_of(ctx: Context, action: str) -> Text:
    """Return an action in words; by the module's name where the module has none for it."""
    plugin = ctx.host.plugins.get(action.partition(".")[0])
    title = CORE.get(action) or (plugin.actions.get(action) if plugin else None)
    if title is not None:
        return title
    what = action.partition(".")[2].replace("_", " ").replace(".", " ")
    return Text("{module}: {what}", "{module}: {what}").format(
        module=plugin.title if plugin else action.partition(".")[0], what=what
    )


def subject_in_words(ctx: Context, action: str, subject: str) -> Text:
    """Return what an action was about, told apart by the last signs of its id."""
    noun, _, id = subject.partition("/")
    plugin = ctx.host.plugins.get(action.partition(".")[0])
    kind = NOUNS.get(noun) or (plugin.title if plugin else Text(noun, noun))
    return Text("{kind} {id}", "{kind} {id}").format(kind=kind, id=id[-6:])


def titles(ctx: Context) -> dict[str, Text]:
    """Return all actions that have words, by their code, in the order of the Thai words."""
    known = dict(CORE)
    for manifest in ctx.host.plugins.values():
        known |= manifest.actions
    return dict(sorted(known.items(), key=lambda one: one[1].th))
