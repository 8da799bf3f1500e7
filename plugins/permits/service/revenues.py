"""What the fees of building permits are booked under."""

from core.api import Text
from kit.treasury import Revenue

# The digits begin the references of bills; an office keeps one list of them.
REVENUES = (
    Revenue(
        code="permits.permit",
        title=Text("ค่าธรรมเนียมใบอนุญาตเกี่ยวกับอาคาร", "Fee for a building permit"),
        kind="04",
    ),
    Revenue(
        code="permits.check",
        title=Text("ค่าธรรมเนียมตรวจแบบแปลน", "Fee for the check of building plans"),
        kind="05",
    ),
)
