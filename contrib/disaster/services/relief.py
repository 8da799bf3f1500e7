"""A claim for aid, filed by whoever lost something, and inspected by the office.

What papers are wanted was read on portals (dossier, RELIEF); how long it takes no rule says, so
the days are the office's promise (unverified).
"""

from contrib.disaster.rules.claim_form import FORM
from core.api import Text
from kit.casework import Applying, Document, Outcome, Post, Service, Step
from kit.thai import WorkingDays

CODE = "disaster.relief"
RELIEF = Service(
    code=CODE,
    title=Text("ขอเงินช่วยเหลือผู้ประสบสาธารณภัย", "Ask for aid after a disaster"),
    summary=Text(
        "เงินช่วยเหลือค่าดำรงชีพ ค่าซ่อมแซมบ้านและของใช้ ครัวเรือนละครั้งต่อเหตุการณ์และประเภท",
        "Living aid, repairs and belongings; once for each household, disaster and kind of aid.",
    ),
    topic="use",
    words=("น้ำท่วม", "เยียวยา", "ผู้ประสบภัย", "ไฟไหม้", "พายุ", "flood", "disaster", "relief"),
    law=(
        "พ.ร.บ.ป้องกันและบรรเทาสาธารณภัย พ.ศ. 2550",
        "ระเบียบกระทรวงมหาดไทยว่าด้วยค่าใช้จ่ายเพื่อช่วยเหลือประชาชนตามอำนาจหน้าที่ของ"
        "องค์กรปกครองส่วนท้องถิ่น พ.ศ. 2560",
    ),
    unit="clerk",
    applying=Applying.IDENTIFIED,
    form=FORM,
    subject="address",
    documents=(
        Document("id-card", Text("บัตรประจำตัวประชาชน", "ID card"), way="looked_up", originals=0),
        Document(
            "house",
            Text("ทะเบียนบ้าน หรือสัญญาเช่า", "House registration or lease"),
            originals=0,
            note=Text(
                "ผู้เช่าใช้สัญญาเช่า หรือหนังสือรับรองการเช่าจากท้องถิ่น",
                "Who rents gives the lease, or one certified by the local government.",
            ),
        ),
        Document("damage", Text("รูปถ่ายความเสียหาย", "Photos of the damage"), originals=0),
    ),
    steps=(
        Step(
            "inspect",
            Text("ตรวจความเสียหาย", "Inspect the damage"),
            Post.INSPECTOR,
            WorkingDays(15),
            status="site_inspection",
        ),
        Step(
            "resolve",
            Text("แจ้งผลตามมติคณะกรรมการ", "Tell what the committee resolved"),
            Post.DIRECTOR,
            WorkingDays(15),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    ),
    within=WorkingDays(30),
    keep_years=10,
)
