"""Health of the place: nuisances, mosquitoes, septage, stray animals.

Read in the text of the Public Health Act: s. 18 and 20 (septage), s. 25-28 (nuisances), s. 29-30
(animals). The times are what offices commonly promise (unverified); an office sets its own.
"""

from core.api import Text
from kit.casework import Applying, Fee, Outcome, Post, Service, Step
from kit.forms import AddressField, Choice, Choices, Day, Lines, Number, Option
from kit.thai import WorkingDays
from plugins.oss.services.asked import BY_ORDINANCE, PHOTO, PUBLIC_HEALTH, spot

_EVENT = Text("เหตุที่แจ้ง", "What is the matter")
_SERVICE = Text("บริการที่ขอ", "What you ask for")
_ENDS = (Outcome.APPROVED, Outcome.REFUSED)

NUISANCE = Service(
    code="oss.nuisance",
    title=Text("แจ้งเหตุรำคาญ", "Report a nuisance"),
    summary=Text(
        "กลิ่น เสียง ฝุ่น ควัน น้ำเสีย หรือการเลี้ยงสัตว์ที่รบกวนผู้อยู่ใกล้เคียง",
        "Smell, noise, dust, smoke, foul water or animals that trouble the neighbours.",
    ),
    topic="report",
    words=(
        "เสียงดัง",
        "กลิ่นเหม็น",
        "ควัน",
        "ฝุ่น",
        "เผาขยะ",
        "น้ำเสีย",
        "เพื่อนบ้าน",
        "ร้องเรียน",
        "noise",
        "smell",
        "smoke",
    ),
    law=(f"{PUBLIC_HEALTH} มาตรา 25 ถึงมาตรา 28",),
    unit="health",
    form=(
        Choices(
            "kinds",
            Text("เรื่องที่รบกวน", "What troubles you"),
            options=(
                Option("smell", Text("กลิ่น", "Smell")),
                Option("noise", Text("เสียงหรือความสั่นสะเทือน", "Noise or shaking")),
                Option("dust", Text("ฝุ่น เขม่า หรือควัน", "Dust, soot or smoke")),
                Option("water", Text("น้ำเสียหรือสิ่งสกปรก", "Foul water or dirt")),
                Option("animals", Text("การเลี้ยงสัตว์", "Animals")),
                Option("other", Text("อื่น ๆ", "Other")),
            ),
            step=_EVENT,
        ),
        *spot(_EVENT),
        Lines(
            "details",
            Text("รายละเอียด", "Details"),
            help=Text("เกิดเวลาใด บ่อยเพียงใด", "At what hours, and how often."),
            longest=2000,
            step=_EVENT,
        ),
    ),
    subject="spot",
    documents=(PHOTO,),
    steps=(
        Step(
            "look",
            Text("ตรวจสถานที่", "Visit"),
            Post.INSPECTOR,
            WorkingDays(3),
            status="site_inspection",
        ),
        Step("act", Text("แนะนำหรือออกคำสั่ง", "Advice or order"), Post.HEAD, WorkingDays(5)),
        Step("report", Text("แจ้งผล", "Answer"), Post.DIRECTOR, WorkingDays(2), ends=_ENDS),
    ),
    within=WorkingDays(10),
    offline=True,
)

MOSQUITO = Service(
    code="oss.mosquito",
    title=Text("ขอพ่นหมอกควันกำจัดยุง", "Spraying against mosquitoes"),
    summary=Text(
        "พ่นยุงและกำจัดลูกน้ำ โดยเฉพาะเมื่อพบผู้ป่วยไข้เลือดออก",
        "Against mosquitoes and larvae, above all where somebody has dengue.",
    ),
    topic="use",
    words=("พ่นยุง", "ยุงลาย", "ไข้เลือดออก", "ลูกน้ำ", "mosquito", "dengue", "spray"),
    law=(f"{PUBLIC_HEALTH} มาตรา 25", "พ.ร.บ.โรคติดต่อ พ.ศ. 2558"),
    unit="health",
    form=(
        Choice(
            "reason",
            Text("เหตุที่ขอ", "Why you ask"),
            options=(
                Option("patient", Text("มีผู้ป่วยไข้เลือดออก", "Somebody has dengue")),
                Option("many", Text("ยุงชุกชุม", "There are many mosquitoes")),
                Option("event", Text("ก่อนจัดงาน", "Before an event")),
            ),
            step=_SERVICE,
        ),
        *spot(_SERVICE),
        Day(
            "on",
            Text("วันที่สะดวก", "A day that suits"),
            earliest_days=1,
            latest_days=30,
            required=False,
            step=_SERVICE,
        ),
    ),
    subject="spot",
    steps=(
        Step("spray", Text("นัดและพ่น", "Spraying"), Post.OFFICER, WorkingDays(2)),
        Step("report", Text("แจ้งผล", "Answer"), Post.HEAD, WorkingDays(1), ends=_ENDS),
    ),
    within=WorkingDays(3),
)

SEPTAGE = Service(
    code="oss.septage",
    title=Text("ขอดูดสิ่งปฏิกูล", "Emptying a septic tank"),
    summary=Text(
        "ดูดส้วมด้วยรถของหน่วยงาน เจ้าหน้าที่โทรนัดวันก่อนไป",
        "By the office's own truck. The officer calls to fix the day.",
    ),
    topic="use",
    words=("ดูดส้วม", "รถดูดส้วม", "ส้วมเต็ม", "บ่อเกรอะ", "septic", "toilet", "sewage"),
    law=(f"{PUBLIC_HEALTH} มาตรา 18 และมาตรา 20",),
    unit="health",
    form=(
        AddressField("place", Text("สถานที่", "Place"), own=True, step=_SERVICE),
        Number(
            "volume_m3",
            Text("ขนาดถัง", "Size of the tank"),
            help=Text("ถ้าไม่ทราบ ไม่ต้องกรอก", "Leave it if you do not know."),
            unit=Text("ลูกบาศก์เมตร", "cubic metres"),
            least=1,
            most=100,
            required=False,
            step=_SERVICE,
        ),
        Lines(
            "access",
            Text("ทางเข้าและจุดที่ตั้งถัง", "The way in, and where the tank is"),
            help=Text("รถเข้าถึงได้ใกล้เพียงใด", "How near a truck can come."),
            longest=500,
            step=_SERVICE,
        ),
        Day(
            "on",
            Text("วันที่สะดวก", "A day that suits"),
            earliest_days=1,
            latest_days=60,
            required=False,
            step=_SERVICE,
        ),
    ),
    subject="access",
    steps=(
        Step("plan", Text("นัดวันและแจ้งค่าบริการ", "Day and charge"), Post.OFFICER, WorkingDays(2)),
        Step("empty", Text("ดูดสิ่งปฏิกูล", "Emptying"), Post.HEAD, WorkingDays(5), ends=_ENDS),
    ),
    within=WorkingDays(7),
    fee=Fee(note=BY_ORDINANCE),
)

STRAY = Service(
    code="oss.stray-animal",
    title=Text("แจ้งสัตว์จรจัด", "Report stray animals"),
    summary=Text(
        "สุนัขหรือแมวไม่มีเจ้าของที่ดุร้าย ป่วย หรือรบกวน ขอทำหมันและฉีดวัคซีนได้",
        "Dogs or cats that bite, are ill or disturb; also to have them vaccinated.",
    ),
    topic="report",
    words=("หมาจรจัด", "สุนัขจรจัด", "แมวจรจัด", "หมากัด", "พิษสุนัขบ้า", "ทำหมัน", "dog", "cat", "rabies"),
    law=(f"{PUBLIC_HEALTH} มาตรา 29 และมาตรา 30", "พ.ร.บ.โรคพิษสุนัขบ้า พ.ศ. 2535"),
    unit="health",
    applying=Applying.ANYBODY,
    form=(
        Choice(
            "animal",
            Text("สัตว์", "Animal"),
            options=(
                Option("dog", Text("สุนัข", "Dogs")),
                Option("cat", Text("แมว", "Cats")),
                Option("other", Text("สัตว์อื่น", "Others")),
            ),
            step=_EVENT,
        ),
        Choices(
            "signs",
            Text("อาการหรือเหตุ", "What they do"),
            options=(
                Option(
                    "bit",
                    Text("กัดหรือข่วนคน", "Bit or scratched somebody"),
                    Text("ล้างแผลด้วยสบู่ 15 นาที แล้วพบแพทย์", "Wash it with soap, see a doctor"),
                ),
                Option("fierce", Text("ดุร้ายหรือไล่คน", "Fierce")),
                Option("ill", Text("ป่วยหรือบาดเจ็บ", "Ill or hurt")),
                Option("many", Text("อยู่กันเป็นฝูง", "A pack")),
                Option("vaccine", Text("ขอทำหมันหรือฉีดวัคซีน", "To be neutered or vaccinated")),
            ),
            step=_EVENT,
        ),
        *spot(_EVENT),
        Lines("details", Text("รายละเอียด", "Details"), longest=1000, required=False, step=_EVENT),
    ),
    subject="spot",
    documents=(PHOTO,),
    steps=(
        Step("act", Text("ลงพื้นที่ดำเนินการ", "Action on the spot"), Post.OFFICER, WorkingDays(4)),
        Step("report", Text("แจ้งผล", "Answer"), Post.HEAD, WorkingDays(1), ends=_ENDS),
    ),
    within=WorkingDays(5),
)
