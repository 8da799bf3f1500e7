"""What is asked of who sets how correspondence works: letter codes, and the address book."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.api import Text
from kit.forms import AnyField, Choice, Choices, File, Line, Option, Sheet, When, Yes, ungrouped
from plugins.eoffice.forms.receiving import options
from plugins.eoffice.rules.dispatching import CHANNELS

_BACK = ("/desk/eoffice/settings", Text("ตั้งค่างานสารบรรณ", "Settings"))
GARUDA = Sheet(
    title=Text("รูปตราครุฑ", "Picture of the garuda"),
    back=_BACK,
    groups=ungrouped(
        File("garuda", Text("ไฟล์รูป", "The picture"), kinds=("image",), largest_mb=5, required=False)
    ),
    button=Text("บันทึก", "Save"),
    intro=Text(
        "ใช้บนหนังสือทุกฉบับที่ลงนามต่อจากนี้", "It stands on every document that is signed from now on."
    ),
)

_SECURITIES = {
    "tls": Text("SSL/TLS", "SSL/TLS"),
    "starttls": Text("STARTTLS", "STARTTLS"),
}


def _server(way: str, title: Text) -> tuple[AnyField, ...]:
    return (
        Line(f"{way}_host", title, longest=253),
        Line(
            f"{way}_port",
            Text("พอร์ต", "Port"),
            longest=5,
            digits=True,
            help=Text("SMTP 465 หรือ 587, IMAP 993 หรือ 143", "SMTP 465 or 587, IMAP 993 or 143"),
        ),
        Choice(f"{way}_security", Text("การเข้ารหัส", "Encryption"), options=options(_SECURITIES)),
    )


# What is asked of who sets up a channel, beside its password.
CHANNEL_FIELDS: Mapping[str, tuple[AnyField, ...]] = {
    "email": (
        Line(
            "address",
            Text("ไปรษณีย์อิเล็กทรอนิกส์กลางของหน่วยงาน", "Central mailbox of the office"),
            longest=254,
            help=Text("เช่น saraban@maehia.go.th", "Such as saraban@maehia.go.th"),
        ),
        Line(
            "user",
            Text("ชื่อผู้ใช้ของตู้อีเมล", "User name of the mailbox"),
            longest=254,
            help=Text("มักเป็นที่อยู่อีเมลเดียวกัน", "Mostly the address itself."),
        ),
        *_server("outgoing", Text("เซิร์ฟเวอร์ขาออก (SMTP)", "Server for sending (SMTP)")),
        *_server("incoming", Text("เซิร์ฟเวอร์ขาเข้า (IMAP)", "Server for reading (IMAP)")),
        Line(
            "authserv_id",
            Text("ชื่อที่เซิร์ฟเวอร์ใช้ลงผลตรวจผู้ส่ง", "Name by which the server marks senders"),
            longest=250,
            required=False,
            help=Text(
                "ตามบรรทัด Authentication-Results ถามผู้ดูแลเซิร์ฟเวอร์อีเมล",
                "As in Authentication-Results; who runs the mail server knows it.",
            ),
        ),
    ),
    "ecms": (
        Line(
            "url",
            Text("ที่อยู่ของระบบ eCMS ของหน่วยงาน", "Address of the office's eCMS node"),
            longest=300,
            help=Text(
                "ตามที่ผู้ดูแลระบบ eCMS แจ้ง เช่น http://ecms.example.go.th/ecms-ws01/service2",
                "As who runs it tells, such as http://ecms.example.go.th/ecms-ws01/service2",
            ),
        ),
        Line(
            "ministry",
            Text("รหัสกระทรวง (2 หลัก)", "Code of the ministry (2 digits)"),
            longest=2,
            digits=True,
        ),
        Line(
            "department",
            Text("รหัสหน่วยงาน (5 หลัก)", "Code of the office (5 digits)"),
            longest=5,
            digits=True,
        ),
    ),
}


def channel(code: str) -> tuple[AnyField, ...]:
    """Return what is asked of who sets up a channel."""
    on = Yes("active", Text("ใช้ส่งและรับหนังสือ", "Letters go and come by it"), required=False)
    return (*CHANNEL_FIELDS[code], on)


def code(unit: Text) -> Sheet:
    """Return the page on which the letter code of a division is set."""
    help = Text(
        "อักษรย่อจังหวัดและเลข เช่น ชม 52001.1", "The Thai letters of the province, a space, 52001.1."
    )
    return Sheet(
        title=Text(f"รหัสหนังสือ {unit.th}", f"Letter code: {unit.en}"),
        back=_BACK,
        groups=ungrouped(Line("code", Text("รหัส", "Code"), longest=40, help=help)),
        button=Text("บันทึก", "Save"),
    )


def petitions(offered: Sequence[tuple[str, Text]]) -> Sheet:
    """Return the page on which services are chosen whose requests become letters.

    :param offered: code and title of each service.
    """
    chosen = Choices(
        "petitions",
        Text("บริการ", "Services"),
        options=tuple(Option(code, title) for code, title in offered),
        required=False,
    )
    return Sheet(
        title=Text("คำขอที่รับเป็นหนังสือ", "Requests that become letters"),
        back=_BACK,
        groups=ungrouped(chosen),
        button=Text("บันทึก", "Save"),
        intro=Text(
            "คำขอของบริการที่เลือก จะมารอลงทะเบียนรับที่สารบรรณกลางทุกเรื่องเมื่อยื่น",
            "Every request of these services waits at the central registry as soon as it is filed.",
        ),
    )


def agency(neighbours: Sequence[tuple[str, Text]], *, new: bool) -> Sheet:
    """Return the page on which an agency is entered in the address book.

    :param neighbours: the other offices of this installation.
    """
    channels = dict(CHANNELS)
    if not neighbours:
        del channels["neighbour"]
    fields: list[AnyField] = [
        Line("name", Text("ชื่อหน่วยงาน", "Name of the agency"), longest=200),
        Line("post", Text("เรียนถึงตำแหน่ง", "Letters address"), longest=200, required=False),
        Choice("channel", Text("ช่องทาง", "Channel"), options=options(channels)),
        *_of_channels(neighbours),
        Yes("active", Text("ใช้ส่งหนังสือได้", "Letters may go there"), required=False),
    ]
    return Sheet(
        title=Text("เพิ่มหน่วยงาน", "Add an agency") if new else Text("แก้หน่วยงาน", "Change an agency"),
        back=_BACK,
        groups=ungrouped(*fields),
        button=Text("บันทึก", "Save"),
    )


def _of_channels(neighbours: Sequence[tuple[str, Text]]) -> list[AnyField]:
    fields: list[AnyField] = [
        Line(
            "node",
            Text("ที่อยู่เว็บของปลายทาง", "Its address"),
            longest=300,
            help=Text("เช่น https://yala.thongthin.go.th", "Such as https://yala.thongthin.go.th"),
            when=When("channel", ("direct",)),
        ),
        Line(
            "key",
            Text("กุญแจสาธารณะของปลายทาง", "Its public key"),
            longest=64,
            help=Text("64 หลัก จากหน้าตั้งค่าของปลายทาง", "64 digits, from its page of settings."),
            when=When("channel", ("direct",)),
        ),
        Line(
            "mailbox",
            Text("ไปรษณีย์อิเล็กทรอนิกส์กลาง", "Its central mailbox"),
            longest=254,
            when=When("channel", ("email",)),
        ),
        Line(
            "department",
            Text("รหัสหน่วยงาน TH e-GIF", "Its TH e-GIF code"),
            longest=5,
            digits=True,
            when=When("channel", ("ecms",)),
        ),
    ]
    return [*_neighbours(neighbours), *fields]


def _neighbours(neighbours: Sequence[tuple[str, Text]]) -> list[AnyField]:
    if not neighbours:
        return []
    return [
        Choice(
            "neighbour",
            Text("หน่วยงานในระบบนี้", "Office of this installation"),
            options=tuple(Option(id, name) for id, name in neighbours),
            when=When("channel", ("neighbour",)),
        )
    ]


def values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry of the address book as the form holds it."""
    names = ("name", "post", "channel", "neighbour", "node", "key", "mailbox", "department")
    return {name: row[name] for name in names if row[name]} | {"active": row["active"]}
