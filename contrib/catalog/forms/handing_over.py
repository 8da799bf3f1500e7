"""A plugin whose publisher is gone goes to another."""

from core.api import Text
from kit.forms import Day, Groups, Line, Lines, ungrouped

HAND_OVER: Groups = ungrouped(
    Line("plugin", Text("ชื่อปลั๊กอิน เช่น library", "Name of the plugin, such as library"), longest=31),
    Line(
        "publisher",
        Text("รหัสผู้เผยแพร่รายใหม่ เช่น acme-studio", "Code of the new publisher, such as acme-studio"),
        longest=40,
        help=Text(
            "ผู้เผยแพร่รายใหม่ต้องลงทะเบียนไว้แล้ว",
            "The new publisher has registered before.",
        ),
    ),
    Lines(
        "reason",
        Text("เหตุผล และผู้เผยแพร่เดิมตอบว่าอย่างไร", "Why, and what the publisher before says"),
        longest=500,
    ),
    Day("decided_on", Text("วันที่ตัดสินใจ", "Day of the decision"), latest_days=0),
    Line("decided_by", Text("ผู้ตัดสินใจ ชื่อและตำแหน่ง", "Who decided, name and post")),
)
