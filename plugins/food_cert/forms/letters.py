"""What is asked before letters about renewals are counted."""

from core.api import Text
from kit.forms import Number, Sheet, ungrouped
from plugins.food_cert.rules.renewing import AGAIN, LONGEST_SPAN

COUNT = Sheet(
    title=Text("นับหนังสือแจ้งเตือนการต่ออายุ", "Count letters about renewals"),
    back=("/desk/food/letters", Text("หนังสือแจ้งเตือนการต่ออายุ", "Letters about renewals")),
    groups=ungrouped(
        Number(
            "days",
            Text("ใบอนุญาตที่หมดอายุภายใน", "Licences that end within"),
            unit=Text("วัน", "days"),
            least=1,
            most=LONGEST_SPAN,
        )
    ),
    button=Text("นับ", "Count"),
    intro=Text(
        f"นับก่อนว่าหนังสือถึงใครบ้าง ยังไม่ออกหนังสือใด ผู้ที่ยื่นต่ออายุแล้ว หรือมีหนังสือถึงแล้วภายใน {AGAIN} วัน ไม่มีหนังสือ",
        "It is counted first whom letters would go to; none is made yet. Who has asked for the "
        f"renewal, or was written to within {AGAIN} days, gets none.",
    ),
)
