"""What an office sets of its counters and of appointments there."""

from core.api import Text
from kit.forms import Number, OfficeSettings, SettingsGroup

_MINUTES = Text("นาที", "minutes")

SETTINGS = OfficeSettings(
    groups=(
        SettingsGroup(
            heading=Text("เคาน์เตอร์และบัตรคิว", "Counters and the queue"),
            within="counters",
            fields=(
                Number(
                    "count",
                    Text("จำนวนช่องบริการ", "How many counters there are"),
                    help=Text("มีหมายเลขตั้งแต่ 1", "They are numbered from 1."),
                    least=1,
                    most=99,
                    unit=Text("ช่อง", "counters"),
                ),
                Number(
                    "minutes",
                    Text("เวลาต่อคนโดยประมาณ", "About how long one visit takes"),
                    help=Text(
                        "ใช้บอกเวลารอ จนกว่าวันนั้นจะมีผู้รับบริการมากพอให้คิดจากเวลาจริง",
                        "Waiting times are told by it until enough people were served on the day.",
                    ),
                    least=5,
                    most=480,
                    unit=_MINUTES,
                ),
            ),
        ),
        SettingsGroup(
            heading=Text("นัดหมาย", "Appointments"),
            within="appointments",
            fields=(
                Number(
                    "ahead",
                    Text("จองล่วงหน้าได้กี่วัน", "How many days ahead can be booked"),
                    least=1,
                    most=90,
                    unit=Text("วัน", "days"),
                ),
                Number(
                    "notice",
                    Text("ปิดรับจองก่อนถึงเวลานัด", "Booking ends before the visit"),
                    help=Text("0 คือจองได้จนถึงเวลานัด", "0: until it begins."),
                    least=0,
                    most=10_080,
                    unit=_MINUTES,
                ),
            ),
        ),
    ),
)
