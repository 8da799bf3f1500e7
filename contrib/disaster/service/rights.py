"""Who may do what about a disaster."""

from core.api import Text

READ = "disaster.read"
HOUSEHOLDS = "disaster.households"
COMMAND = "disaster.command"
RESCUE = "disaster.rescue"
SHELTER = "disaster.shelter"
CLAIMS = "disaster.claims"
RESOLVE = "disaster.resolve"
PAY = "disaster.pay"
FIGURES = "disaster.figures"

PERMISSIONS = {
    READ: Text("ดูสถานการณ์สาธารณภัย", "See how a disaster stands"),
    HOUSEHOLDS: Text("ดูและแก้ทะเบียนครัวเรือนเปราะบาง", "See and change the register of households"),
    COMMAND: Text(
        "เปิดและปิดเหตุการณ์ กำหนดพื้นที่ ออกประกาศ",
        "Open and close disasters, set their area, issue notices",
    ),
    RESCUE: Text(
        "รับคำขอความช่วยเหลือ จัดทีม และออกช่วย", "Take requests for help, send teams, and go out"
    ),
    SHELTER: Text("ดูแลศูนย์พักพิงและแจกจ่ายสิ่งของ", "Run shelters and hand things out"),
    CLAIMS: Text("รับ ตรวจ และประเมินคำขอเงินช่วยเหลือ", "Take, inspect and value claims for aid"),
    RESOLVE: Text("บันทึกมติคณะกรรมการและลงนามหนังสือรับรอง", "Enter resolutions and sign certificates"),
    PAY: Text("ทำชุดจ่ายและรับผลจากธนาคาร", "Make batches and take what the bank says"),
    FIGURES: Text("กำหนดน้ำหนักคะแนนและอัตราเงินช่วยเหลือ", "Set weights of scores and rates of aid"),
}

ROLES = {
    "registry": (READ, RESCUE),
    "officer": (READ, HOUSEHOLDS, RESCUE, SHELTER, CLAIMS),
    "head": (READ, HOUSEHOLDS, RESCUE, SHELTER, CLAIMS),
    "director": (READ, HOUSEHOLDS, COMMAND, RESCUE, SHELTER, CLAIMS, RESOLVE, FIGURES),
    "treasury": (READ, CLAIMS, PAY),
    "deputy_clerk": (READ, COMMAND),
    "clerk": (READ, HOUSEHOLDS, COMMAND, RESCUE, CLAIMS, RESOLVE, FIGURES),
    "mayor": (READ, COMMAND, CLAIMS, RESOLVE),
    "administrator": (FIGURES,),
}
