"""Something public is broken: lamps, roads, drains, pipes. Anybody may say so.

The times are what offices commonly promise (unverified); an office sets its own.
"""

from core.api import Text
from kit.casework import Applying, Outcome, Post, Service, Step
from kit.forms import Choice, Line, Lines, Option
from kit.thai import WorkingDays
from plugins.oss.services.asked import DUTIES, PHOTO, spot

_FAULT = Text("สิ่งที่ชำรุด", "What is broken")

_MORE = Lines(
    "details",
    Text("รายละเอียดเพิ่มเติม", "More"),
    longest=1000,
    required=False,
    step=_FAULT,
)
_DONE = Step(
    "report",
    Text("ตรวจงานและแจ้งผล", "Check of the work, and answer"),
    Post.HEAD,
    WorkingDays(1),
    ends=(Outcome.APPROVED, Outcome.REFUSED),
)

STREET_LIGHT = Service(
    code="oss.street-light",
    title=Text("แจ้งไฟฟ้าสาธารณะชำรุด", "Street light out"),
    summary=Text(
        "ถ่ายรูปและปักหมุดเสาไฟที่ดับหรือชำรุด ไม่ต้องบอกชื่อก็ได้",
        "A photo and a pin of the lamp are enough. You need not give your name.",
    ),
    topic="report",
    words=("ไฟถนนดับ", "ไฟดับ", "ไฟทาง", "เสาไฟ", "ไฟส่องสว่าง", "หลอดขาด", "street light", "lamp"),
    law=(DUTIES,),
    unit="works",
    applying=Applying.ANYBODY,
    form=(
        Choice(
            "fault",
            Text("อาการ", "What is wrong"),
            options=(
                Option("out", Text("ไฟดับ", "It is out")),
                Option("flickers", Text("ไฟกะพริบ ติด ๆ ดับ ๆ", "It flickers")),
                Option("day", Text("ไฟติดตลอดเวลา", "It is on in daylight")),
                Option(
                    "danger",
                    Text("เสาเอียงหรือสายขาด", "The pole leans, or a wire hangs down"),
                    Text("อยู่ให้ห่าง และโทร 1129 หรือ 191", "Stay away, and call 1129 or 191"),
                ),
            ),
            step=_FAULT,
        ),
        *spot(_FAULT),
        Line(
            "pole",
            Text("เลขที่เสาไฟ", "Number on the pole"),
            longest=40,
            required=False,
            step=_FAULT,
        ),
        _MORE,
    ),
    subject="spot",
    documents=(PHOTO,),
    steps=(
        Step(
            "repair",
            Text("ตรวจและซ่อม", "Repair"),
            Post.OFFICER,
            WorkingDays(4),
            status="site_inspection",
        ),
        _DONE,
    ),
    within=WorkingDays(5),
    offline=True,
)

ROAD = Service(
    code="oss.road",
    title=Text("แจ้งถนน ท่อระบายน้ำ หรือประปาชำรุด", "Broken road, drain or water pipe"),
    summary=Text(
        "ถนนเป็นหลุม ฝาท่อแตก ท่ออุดตัน ท่อประปารั่ว ไม่ต้องบอกชื่อก็ได้",
        "Potholes, broken lids, blocked drains, leaks. You need not give your name.",
    ),
    topic="report",
    words=(
        "ถนนเป็นหลุม",
        "ถนนพัง",
        "ฝาท่อ",
        "ท่อตัน",
        "ลอกท่อ",
        "น้ำท่วมขัง",
        "น้ำไม่ไหล",
        "ท่อแตก",
        "ทางเท้า",
        "pothole",
        "drain",
        "leak",
        "pavement",
    ),
    law=(DUTIES,),
    unit="works",
    applying=Applying.ANYBODY,
    form=(
        Choice(
            "fault",
            Text("สิ่งที่ชำรุด", "What it is"),
            options=(
                Option("road", Text("ผิวถนน", "Road surface")),
                Option("pavement", Text("ทางเท้า", "Pavement")),
                Option("drain", Text("ท่อหรือรางระบายน้ำ", "Drain")),
                Option("lid", Text("ฝาท่อ", "Lid of a drain")),
                Option("water", Text("ท่อประปา", "Water pipe")),
            ),
            step=_FAULT,
        ),
        *spot(_FAULT),
        _MORE,
    ),
    subject="spot",
    documents=(PHOTO,),
    steps=(
        Step(
            "look",
            Text("ตรวจสถานที่", "Visit"),
            Post.INSPECTOR,
            WorkingDays(2),
            status="site_inspection",
        ),
        Step(
            "repair",
            Text("ซ่อมหรือบรรจุในแผน", "Repair, or put on the plan"),
            Post.OFFICER,
            WorkingDays(7),
        ),
        _DONE,
    ),
    within=WorkingDays(10),
    offline=True,
)
