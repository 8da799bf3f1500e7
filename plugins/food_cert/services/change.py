"""A change of a place that keeps its kind of paper: its name, its size, its people.

What needs the other kind of paper begins as a notice or a request for a licence, filled in.
"""

from core.api import Text
from kit.casework import Applying, Service
from kit.law import Limits
from plugins.food_cert.rules.after import CHANGE
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.services import after
from plugins.food_cert.services.asked import AREA, NAME, WORKERS
from plugins.food_cert.services.promised import CONDITIONS, FREE, KEEP_YEARS, appeal


def change(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    return Service(
        code=CHANGE,
        title=Text("แจ้งเปลี่ยนแปลงสถานที่อาหาร", "Tell a change of a food place"),
        summary=Text(
            "เปลี่ยนชื่อร้าน ขนาด หรือจำนวนคนทำงาน แล้วรับเอกสารใบใหม่",
            "Another name, size or number of people; the paper is issued anew.",
        ),
        topic="shops",
        words=("เปลี่ยนชื่อร้าน", "ขยายร้าน", "เปลี่ยนพื้นที่", "change"),
        law=(limits["area.most"].law, limits["closing.notice"].law),
        unit="health",
        applying=Applying.CONTACT,
        form=(*after.WHICH, NAME, AREA, WORKERS),
        subject="paper",
        steps=after.decided(limits),
        within=after.within(limits),
        fee=FREE,
        paper="food_cert/certificate.typ",
        paper_title=Text("เอกสารสถานที่อาหาร (แก้ไขรายการ)", "Paper of a food place, changed"),
        appeal=appeal(limits),
        conditions=CONDITIONS,
        keep_years=KEEP_YEARS,
    )
