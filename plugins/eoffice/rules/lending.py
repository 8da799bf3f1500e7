"""How a document that is lent stands.

Law: Regulation on Correspondence B.E. 2526 (loans between agencies are allowed from the level of a
director up, unverified).
"""

from collections.abc import Mapping
from enum import StrEnum

from core.api import Text


class Loan(StrEnum):
    """How a loan stands: one to another agency is asked for before it is given."""

    ASKED = "asked"
    LENT = "lent"
    REFUSED = "refused"
    RETURNED = "returned"


STATES: Mapping[str, Text] = {
    Loan.ASKED: Text("รออนุญาต", "To be allowed"),
    Loan.LENT: Text("ให้ยืมอยู่", "Lent"),
    Loan.REFUSED: Text("ไม่อนุญาต", "Refused"),
    Loan.RETURNED: Text("ส่งคืนแล้ว", "Returned"),
}
TONES: Mapping[str, str] = {
    Loan.ASKED: "warn",
    Loan.LENT: "run",
    Loan.REFUSED: "bad",
    Loan.RETURNED: "ok",
}
# A document is lent to one at a time.
OPEN = (Loan.ASKED, Loan.LENT)
