"""Information that the office keeps: papers for everybody, footage for who was harmed.

The 15 days for an answer are a resolution of the cabinet, those for an appeal s. 18 of the
Official Information Act; both are unverified in their wording. The time for footage, and how
long footage is kept, are what offices commonly promise (unverified); an office sets its own.

Law: Official Information Act B.E. 2540, s. 9, 11, 18; Personal Data Protection Act B.E. 2562.
"""

from core.api import Text
from kit.casework import Appeal, Applying, Document, Fee, Outcome, Post, Service, Step
from kit.forms import Choice, Day, Line, Lines, Option, When
from kit.thai import Days, WorkingDays
from plugins.oss.services.asked import ID_CARD, INFORMATION, spot

_WANTED = Text("ข้อมูลที่ขอ", "What you ask for")
_EVENT = Text("เหตุการณ์", "What happened")
_FOOTAGE_DAYS = 30

_APPEAL = Appeal(
    to=Text(
        "คณะกรรมการวินิจฉัยการเปิดเผยข้อมูลข่าวสาร ผ่านสำนักงานคณะกรรมการข้อมูลข่าวสารของราชการ",
        "the Information Disclosure Tribunal, through the Official Information Commission",
    ),
    days=15,
    law=f"{INFORMATION} มาตรา 18",
)

DOCUMENTS = Service(
    code="oss.information",
    title=Text("ขอข้อมูลข่าวสารของราชการ", "Request official information"),
    summary=Text(
        "ขอดู ขอสำเนา หรือขอสำเนารับรองของเอกสารที่หน่วยงานเก็บไว้ โดยไม่ต้องบอกเหตุผล",
        "See or copy papers that the office keeps. You need not say why.",
    ),
    topic="information",
    words=("เปิดเผยข้อมูล", "ขอเอกสารราชการ", "ขอสำเนา", "งบประมาณ", "FOI", "documents", "copies"),
    law=(f"{INFORMATION} มาตรา 9 และมาตรา 11",),
    unit="clerk",
    form=(
        Line(
            "wanted",
            Text("เอกสารหรือข้อมูลที่ขอ", "Paper or information"),
            help=Text("เช่น สัญญาจ้างซ่อมถนนสาย 3 ปี 2568", "e.g. the contract for road 3 of 2025"),
            longest=200,
            step=_WANTED,
        ),
        Lines(
            "details",
            Text("รายละเอียดที่ช่วยให้ค้นพบ", "What helps to find it"),
            longest=2000,
            required=False,
            step=_WANTED,
        ),
        Choice(
            "way",
            Text("ต้องการอย่างไร", "How you want it"),
            options=(
                Option("look", Text("ขอดูที่สำนักงาน", "See it at the office")),
                Option("copy", Text("ขอสำเนา", "A copy")),
                Option("certified", Text("ขอสำเนาที่รับรองความถูกต้อง", "A certified copy")),
            ),
            step=_WANTED,
        ),
    ),
    subject="wanted",
    steps=(
        Step("find", Text("ค้นหาข้อมูล", "Search"), Post.OFFICER, Days(7)),
        Step("weigh", Text("พิจารณาว่าเปิดเผยได้", "May it be given"), Post.HEAD, Days(5)),
        Step(
            "sign",
            Text("สั่งการและลงนาม", "Decision and signature"),
            Post.CLERK,
            Days(3),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    ),
    within=Days(15),
    fee=Fee(note=Text("ขอดูไม่เสียค่าธรรมเนียม ค่าสำเนาตามประกาศ", "Free to see; copies by notice")),
    appeal=_APPEAL,
)

CCTV = Service(
    code="oss.cctv",
    title=Text("ขอดูภาพกล้องวงจรปิด", "See CCTV footage"),
    summary=Text(
        "ภาพจากกล้องของหน่วยงานในเหตุที่เกี่ยวกับท่าน ยื่นให้เร็ว เพราะภาพเก่าถูกบันทึกทับ",
        "Footage of what happened to you. Ask early, since old footage is recorded over.",
    ),
    topic="information",
    words=("CCTV", "ภาพวงจรปิด", "ของหาย", "รถชน", "ขโมย", "camera", "theft", "accident"),
    law=(f"{INFORMATION} มาตรา 11", "พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562"),
    unit="clerk",
    applying=Applying.IDENTIFIED,
    form=(
        Choice(
            "reason",
            Text("เหตุที่ขอดู", "Why you ask"),
            options=(
                Option("crime", Text("ถูกลักทรัพย์หรือถูกทำร้าย", "Theft or assault")),
                Option("accident", Text("อุบัติเหตุ", "Accident")),
                Option("lost", Text("ของหาย หรือตามหาคน", "Something or somebody lost")),
            ),
            step=_EVENT,
        ),
        Day(
            "on",
            Text("วันที่เกิดเหตุ", "Day"),
            earliest_days=-_FOOTAGE_DAYS,
            latest_days=0,
            step=_EVENT,
        ),
        Line(
            "between",
            Text("ช่วงเวลา", "Between"),
            help=Text("เช่น 14.00 ถึง 14.30 น.", "e.g. 14:00 and 14:30"),
            longest=40,
            step=_EVENT,
        ),
        *spot(_EVENT, help=Text("เช่น สี่แยกตลาดสด ฝั่งธนาคาร", "e.g. market junction, bank side")),
        Lines(
            "details",
            Text("สิ่งที่ต้องการเห็นในภาพ", "What the footage should show"),
            help=Text("เช่น รถจักรยานยนต์สีแดง", "e.g. a red motorcycle"),
            longest=1000,
            step=_EVENT,
        ),
    ),
    subject="spot",
    documents=(
        ID_CARD,
        Document(
            "police-report",
            Text("บันทึกประจำวันของตำรวจ", "Police report"),
            when=When("reason", ("crime", "accident")),
            issuer=Text("สถานีตำรวจ", "Police station"),
        ),
    ),
    steps=(
        Step("search", Text("ค้นหาภาพ", "Search"), Post.OFFICER, WorkingDays(2)),
        Step(
            "consider",
            Text("พิจารณาให้ดูภาพ", "Consideration"),
            Post.HEAD,
            WorkingDays(2),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    ),
    within=WorkingDays(4),
    appeal=_APPEAL,
)
