"""Claims for aid: schemes, houses, committees, banks, and how a claim can stand."""

from collections.abc import Mapping
from typing import Literal

from core.api import Text

LIVING, REPAIR = "living", "repair"
SCHEMES: Mapping[str, Text] = {
    LIVING: Text("เงินช่วยเหลือค่าดำรงชีพ (เหมาจ่ายต่อครัวเรือน)", "Living aid, flat for a household"),
    REPAIR: Text("ค่าซ่อมแซมบ้านและของใช้", "Repairs of the house, and belongings"),
}
HOUSES: Mapping[str, Text] = {
    "whole": Text("บ้านเสียหายทั้งหลัง", "The house is lost"),
    "part": Text("บ้านเสียหายบางส่วน", "The house is damaged"),
    "belongings": Text("บ้านไม่เสียหาย ของใช้เสียหาย", "Only belongings are damaged"),
    "none": Text("น้ำท่วมขัง ไม่มีอะไรเสียหาย", "Flooded, nothing is damaged"),
}
COMMITTEES: Mapping[str, Text] = {
    "local": Text(
        "คณะกรรมการช่วยเหลือประชาชนขององค์กรปกครองส่วนท้องถิ่น", "Aid committee of the local government"
    ),
    "district": Text("ก.ช.ภ.อ.", "District aid committee (Ko.Cho.Pho.O.)"),
    "province": Text("ก.ช.ภ.จ.", "Provincial aid committee (Ko.Cho.Pho.Cho.)"),
}
# Codes of the Bank of Thailand (general knowledge, unverified).
BANKS: Mapping[str, Text] = {
    "030": Text("ธนาคารออมสิน", "Government Savings Bank"),
    "006": Text("ธนาคารกรุงไทย", "Krungthai Bank"),
    "034": Text("ธ.ก.ส.", "BAAC"),
    "002": Text("ธนาคารกรุงเทพ", "Bangkok Bank"),
    "004": Text("ธนาคารกสิกรไทย", "Kasikornbank"),
    "014": Text("ธนาคารไทยพาณิชย์", "Siam Commercial Bank"),
    "011": Text("ธนาคารทหารไทยธนชาต", "TMBThanachart Bank"),
    "025": Text("ธนาคารกรุงศรีอยุธยา", "Bank of Ayudhya"),
    "066": Text("ธนาคารอิสลามแห่งประเทศไทย", "Islamic Bank of Thailand"),
}
ACCOUNT_DIGITS = range(10, 16)

State = Literal["filed", "valued", "approved", "refused", "withdrawn", "returned", "paid"]
STATES: Mapping[State, Text] = {
    "filed": Text("รอตรวจความเสียหาย", "Waits for inspection"),
    "valued": Text("ประเมินแล้ว รอคณะกรรมการ", "Valued, waits for the committee"),
    "approved": Text("อนุมัติแล้ว รอจ่าย", "Approved, to be paid"),
    "returned": Text("ธนาคารโอนไม่สำเร็จ รอแก้บัญชี", "Account to be mended"),
    "paid": Text("จ่ายแล้ว", "Paid"),
    "refused": Text("ไม่อนุมัติ", "Refused"),
    "withdrawn": Text("ผู้ขอถอนคำขอ", "Withdrawn"),
}
TONES: Mapping[State, str] = {
    "filed": "warn",
    "valued": "run",
    "approved": "info",
    "returned": "bad",
    "paid": "ok",
    "refused": "",
    "withdrawn": "",
}
# From where a claim can come to a state.
BEFORE: Mapping[State, tuple[State, ...]] = {
    "valued": ("filed", "valued"),
    "approved": ("valued",),
    "refused": ("filed", "valued"),
    "withdrawn": ("filed", "valued"),
    "filed": ("withdrawn",),
}
