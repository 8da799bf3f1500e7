"""The times that the office promises, and within what reports are alike, at the desk."""

from contrib.incidents.rules.book import BOOK
from contrib.incidents.service.rights import FIGURES
from core.api import Text
from kit.law import figures_router

router = figures_router(
    BOOK,
    permission=FIGURES,
    title=Text("เวลามาตรฐานของงานแจ้งเหตุ", "Times promised for incidents"),
    intro=Text(
        "เวลาแต่ละขั้นนับตามวันที่ขั้นนั้นเริ่ม บางเรื่องนับเฉพาะเวลาทำการ บางเรื่องนับทุกชั่วโมง",
        "Each step keeps the time of the day on which it began. Some kinds count office hours, "
        "others all hours.",
    ),
)
