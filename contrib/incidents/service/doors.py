"""The ways into the pages of incidents: a card for everybody, a link at the desk."""

from contrib.incidents.service.finding import count_waiting
from contrib.incidents.service.rights import ASSETS, FIGURES, KEYS, READ
from core.api import Card, Context, NavItem, Text

DOOR = Card(
    Text("แจ้งเหตุ ไฟดับ ถนนพัง", "Report an incident"),
    Text(
        "สแกน QR บนเสาหรือปักหมุด แนบรูป แล้วติดตามได้ ไม่ต้องมีบัญชี",
        "Scan the QR on a pole or put a pin, add photos, follow it; no account is needed",
    ),
    "/incidents/new",
    Text("แจ้ง", "Report"),
    order=22,
    sign="lamp",
)
_TITLE = Text("แจ้งเหตุ", "Incidents")
# Who may not read reports, and still has a page here.
_ELSE = (
    (ASSETS, "/desk/incidents/import"),
    (FIGURES, "/desk/incidents/figures"),
    (KEYS, "/desk/incidents/keys"),
)


async def links(ctx: Context) -> list[NavItem]:
    """Lead officers to their page of incidents, with how many reports wait to be screened."""
    if ctx.actor.may(READ):
        return [NavItem(_TITLE, "/desk/incidents", order=44, count=await count_waiting(ctx))]
    for right, href in _ELSE:
        if ctx.actor.may(right):
            return [NavItem(_TITLE, href, order=44)]
    return []
