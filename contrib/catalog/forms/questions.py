"""What a publisher says of itself and of a version that it hands in."""

from core.api import Text
from kit.forms import (
    AnyField,
    Choice,
    Choices,
    Email,
    Groups,
    Line,
    Lines,
    Option,
    When,
    Yes,
    ungrouped,
)

PUBLISHER: Groups = ungrouped(
    Line(
        "code",
        Text("รหัสผู้เผยแพร่", "Code of the publisher"),
        shortest=2,
        longest=40,
        help=Text(
            "ตัวอักษรอังกฤษตัวเล็ก ตัวเลข และขีดกลาง เช่น acme-studio เปลี่ยนภายหลังไม่ได้",
            "Small Latin letters, digits and hyphens, such as acme-studio. It stays.",
        ),
    ),
    Line("title", Text("ชื่อหน่วยงาน บริษัท หรือบุคคล", "Name"), autofill="organization"),
    Email("email", Text("อีเมลที่ผู้ตรวจติดต่อได้", "E-mail for curators"), personal=False),
)


def _both(name: str, label: Text, longest: int) -> tuple[Line, Line]:
    """Return a line in Thai and one in English, as the catalog tells them."""
    return (
        Line(f"{name}_th", Text(f"{label.th} (ไทย)", f"{label.en} (Thai)"), longest=longest),
        Line(f"{name}_en", Text(f"{label.th} (อังกฤษ)", f"{label.en} (English)"), longest=longest),
    )


DATA: AnyField = Choices(
    "data",
    Text("ปลั๊กอินเก็บข้อมูลชั้นใดบ้าง", "Which classes of data does it keep"),
    options=(
        Option("open", Text("ข้อมูลที่เปิดเผยได้", "Data that anybody may see")),
        Option("personal", Text("ข้อมูลส่วนบุคคล", "Personal data")),
        Option(
            "sensitive",
            Text("ข้อมูลส่วนบุคคลที่มีความอ่อนไหว", "Sensitive personal data"),
            Text("ตามมาตรา 26 พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562", "PDPA, section 26"),
        ),
        Option("money", Text("ข้อมูลการเงินของหน่วยงาน", "Sums of an office")),
    ),
)
QUESTIONS: tuple[AnyField, ...] = (
    *_both("title", Text("ชื่อปลั๊กอิน", "Name of the plugin"), 100),
    *_both("summary", Text("ทำอะไรได้ ในหนึ่งประโยค", "What it does, in one sentence"), 300),
    *_both("notes", Text("มีอะไรใหม่ในรุ่นนี้", "What is new in this version"), 500),
    DATA,
    Lines(
        "personal",
        Text(
            "เก็บข้อมูลส่วนบุคคลอะไร เพื่ออะไร และลบเมื่อใด",
            "Which personal data, what for, and when is it deleted",
        ),
        longest=2_000,
        when=When("data", ("personal", "sensitive")),
    ),
    Choice(
        "network",
        Text("ปลั๊กอินติดต่อเครื่องอื่นหรือไม่", "Does it reach other machines"),
        options=(Option("no", Text("ไม่", "No")), Option("yes", Text("ติดต่อ", "Yes"))),
    ),
    Lines(
        "hosts",
        Text("ติดต่อเครื่องใด ส่งอะไร เมื่อใด", "Which machines, what is sent, and when"),
        longest=2_000,
        when=When("network", ("yes",)),
    ),
    Lines(
        "law",
        Text("กฎหมายและระเบียบที่ทำตาม พร้อมมาตราหรือข้อ", "Laws that it carries out, with sections"),
        longest=2_000,
        required=False,
    ),
    Line("licence", Text("สัญญาอนุญาตของโปรแกรม เช่น EUPL-1.2", "Licence, such as EUPL-1.2")),
    Yes(
        "rights",
        Text(
            "ผู้ส่งมีสิทธิเผยแพร่โปรแกรมและข้อมูลทั้งหมดที่แนบมา",
            "Whoever hands this in may publish all code and data that is attached",
        ),
    ),
)
