"""Approved requests that wait for an officer, because the register does not fit them."""

from core.api import Text
from kit.casework import grants_router
from plugins.waste_fees.service.requests import CARRIER
from plugins.waste_fees.service.rights import READ

router = grants_router(
    CARRIER,
    title=Text("คำขอที่รอปรับทะเบียน", "Requests that wait for the register"),
    intro=Text(
        "คำขอที่อนุมัติแล้ว แต่ระบบยังไม่แก้ทะเบียนเอง เพราะต้องให้เจ้าหน้าที่ตรวจก่อน",
        "These were approved, but an officer has to look before the register is changed.",
    ),
    label=Text("เลขที่จุดให้บริการ", "Number of the point"),
    read=READ,
    leads="/desk/waste/points",
    template="waste_fees/requests.html",
)
