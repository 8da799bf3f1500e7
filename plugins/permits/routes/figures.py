"""The pages on which an office sets the figures of building law."""

from core.api import Text
from kit.law import figures_router
from plugins.permits.rules.dated import BOOK
from plugins.permits.service.rights import FIGURES

router = figures_router(
    BOOK,
    permission=FIGURES,
    title=Text("เกณฑ์ตามกฎหมายควบคุมอาคาร", "Figures of building law"),
    intro=Text(
        "ระบบตรวจคำขอด้วยค่าเหล่านี้ คำขอที่ยื่นแล้วใช้ค่าของวันที่ยื่นเสมอ กฎหมายที่ทราบเพียงปี นับตั้งแต่วันที่ 1 มกราคม",
        "Requests are checked by these. One that was filed keeps those of its day. "
        "Where the year of a law alone is known, it counts from 1 January.",
    ),
)
