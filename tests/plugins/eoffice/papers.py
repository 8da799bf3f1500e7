"""Documents as the municipality of Mae Hia writes them, one of every kind."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kit.documents import Acting, Office, Scan, Signer
from plugins.eoffice.rules.body import Block, read
from plugins.eoffice.rules.books import (
    Column,
    Endorsement,
    Endorsements,
    Entry,
    Hand,
    Listing,
    LoanCard,
    Receipt,
    ReceiveStamp,
    Register,
)
from plugins.eoffice.rules.contents import (
    Agenda,
    Announcement,
    Attendant,
    Attestation,
    Document,
    Enclosure,
    External,
    Memo,
    Minutes,
    Note,
    Order,
    Release,
    Rule,
    Stamped,
)
from plugins.eoffice.rules.kinds import KINDS

AT = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)
OFFICE = Office(
    name="เทศบาลเมืองแม่เหียะ",
    address=["99 หมู่ที่ 5 ตำบลแม่เหียะ", "อำเภอเมืองเชียงใหม่ ชม 50100"],
    contact=["โทร. 0 5311 0234", "saraban@maehia.go.th"],
    places=["แม่เหียะ"],
)
VERIFY = Scan(
    url="https://maehia.go.th/v/MH7K-2Q9D-41TA", site="maehia.go.th/v", code="MH7K-2Q9D-41TA"
)
TEXTS = Path(__file__).parent / "texts"


def typed(name: str) -> tuple[Block, ...]:
    return read((TEXTS / f"{name}.txt").read_text(encoding="utf-8"))


ALL: dict[str, Any] = {"issued_at": AT, "office": OFFICE}
LETTER = ALL | {"date": "20 พฤศจิกายน 2569"}
DECREE = ALL | {"date": "20 พฤศจิกายน พ.ศ. 2569"}
SIGNED = "เมื่อ 20 พฤศจิกายน 2569 เวลา 10.42 น."
MAYOR = Signer(name="นายธนวัฒน์ ยอดใจ", post="นายกเทศมนตรีเมืองแม่เหียะ")
DEPUTY = Signer(
    name="นางอรทัย มณีวงศ์",
    post="รองนายกเทศมนตรี",
    acting=Acting(how="replacing", post="นายกเทศมนตรีเมืองแม่เหียะ"),
)
CLERK = Signer(
    name="นายประเสริฐ วงศ์คำ",
    post="ปลัดเทศบาล",
    acting=Acting(how="delegated", post="นายกเทศมนตรีเมืองแม่เหียะ"),
    signed=SIGNED,
)
HEAD = Signer(name="นางสาวกมลชนก ใจดี", post="ผู้อำนวยการกองสาธารณสุขและสิ่งแวดล้อม", signed=SIGNED)
UNIT = ["กองสาธารณสุขและสิ่งแวดล้อม", "โทร. 0 5311 0234 ต่อ 41", "ไปรษณีย์อิเล็กทรอนิกส์ saraban@maehia.go.th"]

EXTERNAL = External(
    **LETTER,
    title=KINDS["external"].title.th,
    number="ชม 52001.4/1234",
    speed="ด่วนที่สุด",
    subject="ขอความอนุเคราะห์ตรวจวิเคราะห์คุณภาพน้ำประปาหมู่บ้าน",
    to="ผู้อำนวยการศูนย์อนามัยที่ 1 เชียงใหม่",
    references=["หนังสือศูนย์อนามัยที่ 1 เชียงใหม่ ที่ สธ 0922.02/ว 215 ลงวันที่ 4 พฤศจิกายน 2569"],
    enclosures=[
        Enclosure("แผนที่จุดเก็บตัวอย่างน้ำ", "1 ชุด"),
        Enclosure("บัญชีรายชื่อหมู่บ้านและผู้ประสานงาน", "1 ฉบับ"),
    ],
    body=typed("external"),
    signer=DEPUTY,
    unit=UNIT,
    copies=["นายอำเภอเมืองเชียงใหม่"],
)

MEMO = Memo(
    **LETTER,
    title=KINDS["memo"].title.th,
    number="ชม 52001.4/567",
    speed="ด่วน",
    unit=["กองสาธารณสุขและสิ่งแวดล้อม เทศบาลเมืองแม่เหียะ", "โทร. 0 5311 0234 ต่อ 41"],
    subject="ขออนุมัติจัดซื้อสารคลอรีนสำหรับระบบประปาหมู่บ้าน ประจำปีงบประมาณ พ.ศ. 2570",
    to="นายกเทศมนตรีเมืองแม่เหียะ",
    body=typed("memo"),
    signer=HEAD,
)

STAMPED = Stamped(
    **LETTER,
    title=KINDS["stamped"].title.th,
    number="ชม 52001.1/1235",
    to="สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่",
    body=read(
        "ตามหนังสือ ที่ ชม 0023.3/ว 30125 ลงวันที่ 2 พฤศจิกายน 2569 ขอให้รายงานข้อมูลบุคลากร นั้น\n\n"
        "เทศบาลเมืองแม่เหียะขอส่งแบบรายงานข้อมูลบุคลากร จำนวน 1 ชุด มาพร้อมหนังสือนี้"
    ),
    signer=Signer(name="นางวันเพ็ญ สุขใจ", post="หัวหน้าสำนักปลัดเทศบาล", signed=SIGNED),
    unit=["สำนักปลัดเทศบาล งานการเจ้าหน้าที่", "โทร. 0 5311 0234 ต่อ 11"],
)

ORDER = Order(
    **DECREE,
    title=KINDS["order"].title.th,
    number="812/2569",
    subject="แต่งตั้งคณะกรรมการตรวจรับพัสดุ",
    body=typed("order"),
    signer=MAYOR,
)

RULE = Rule(
    **DECREE,
    title=KINDS["rule"].title.th,
    number="",
    about="การใช้ห้องประชุมและสถานที่ของเทศบาลเมืองแม่เหียะ",
    edition="2",
    year="2569",
    body=typed("rule"),
    signer=MAYOR,
)

ANNOUNCEMENT = Announcement(
    **DECREE,
    title=KINDS["announcement"].title.th,
    number="",
    subject="ช่องทางการติดต่อทางอิเล็กทรอนิกส์ของเทศบาลเมืองแม่เหียะ",
    body=typed("announcement"),
    signer=MAYOR,
)

STATEMENT = Release(
    **LETTER,
    title=KINDS["statement"].title.th,
    number="",
    subject="สถานการณ์หมอกควันในเขตเทศบาล",
    edition="1/2569",
    body=read(
        "เทศบาลเมืองแม่เหียะตรวจวัดค่าฝุ่นละออง PM2.5 เมื่อเวลา 07.00 น. พบว่าเกินมาตรฐาน\n\n"
        "ขอให้ประชาชนงดกิจกรรมกลางแจ้ง และห้ามเผาในที่โล่งทุกชนิด"
    ),
)

CERTIFICATE = Attestation(
    **DECREE,
    title=KINDS["certificate"].title.th,
    number="41/2569",
    body=read(
        "นางสาววิภาดา แสงคำ เลขประจำตัวประชาชน 3-5001-00123-45-6 เป็นพนักงานจ้างตามภารกิจ "
        "ตำแหน่งผู้ช่วยเจ้าพนักงานธุรการ สังกัดสำนักปลัดเทศบาล เทศบาลเมืองแม่เหียะ ตั้งแต่วันที่ 1 ตุลาคม 2565 "
        "จนถึงปัจจุบัน ได้รับค่าตอบแทนเดือนละ 11,960.00 บาท"
    ),
    person="นางสาววิภาดา แสงคำ",
    signer=CLERK,
)

MINUTES = Minutes(
    **LETTER,
    title=KINDS["minutes"].title.th,
    number="",
    subject="คณะกรรมการพัฒนาเทศบาลเมืองแม่เหียะ",
    meeting="3/2569",
    held="วันพุธที่ 18 พฤศจิกายน 2569",
    place="ห้องประชุมดอยคำ ชั้น 2 สำนักงานเทศบาลเมืองแม่เหียะ",
    present=[
        Attendant("นายธนวัฒน์ ยอดใจ", "นายกเทศมนตรีเมืองแม่เหียะ", "ประธานกรรมการ"),
        Attendant("นางอรทัย มณีวงศ์", "รองนายกเทศมนตรี", "กรรมการ"),
        Attendant("นายประเสริฐ วงศ์คำ", "ปลัดเทศบาล", "กรรมการและเลขานุการ"),
    ],
    absent=[Attendant("นางสาวกมลชนก ใจดี", "ผู้อำนวยการกองสาธารณสุขฯ", "ติดราชการ")],
    attending=[Attendant("นายสมชาย วงศ์สวรรค์", "นายช่างโยธาชำนาญงาน")],
    opened="09.30 น.",
    agenda=[
        Agenda(
            "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
            read("ประธานแจ้งว่าจังหวัดเชียงใหม่กำหนดช่วงห้ามเผา ตั้งแต่วันที่ 1 มกราคม ถึงวันที่ 30 เมษายน 2570"),
        ),
        Agenda(
            "เรื่องรับรองรายงานการประชุม ครั้งที่ 2/2569", read("ที่ประชุมมีมติรับรองรายงานการประชุมโดยไม่มีข้อแก้ไข")
        ),
        Agenda(
            "เรื่องเสนอเพื่อพิจารณา",
            typed("minutes"),
        ),
    ],
    closed="11.45 น.",
    signer=Signer(name="นางวันเพ็ญ สุขใจ"),
    checker=Signer(name="นายประเสริฐ วงศ์คำ"),
)

NOTE = Note(
    **LETTER,
    title=KINDS["note"].title.th,
    number="",
    to="ปลัดเทศบาล",
    body=read(
        "ได้ตรวจสอบข้อมูลผู้ใช้น้ำแล้ว พบว่ามีผู้ค้างชำระ 15 ราย รวมเป็นเงิน 12,450.00 บาท\n\nจึงเรียนมาเพื่อโปรดทราบ"
    ),
    signer=HEAD,
)

DOCUMENTS: dict[str, Document] = {
    "external": EXTERNAL,
    "memo": MEMO,
    "stamped": STAMPED,
    "order": ORDER,
    "rule": RULE,
    "announcement": ANNOUNCEMENT,
    "release": STATEMENT,
    "certificate": CERTIFICATE,
    "minutes": MINUTES,
    "note": NOTE,
}


def an_entry(serial: int, **other: Any) -> Entry:
    return Entry(
        **{
            "serial": str(serial),
            "number": f"ชม 0023.3/ว {30_000 + serial}",
            "dated": "18 พ.ย. 2569",
            "sender": "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่",
            "receiver": "นายกเทศมนตรีเมืองแม่เหียะ",
            "subject": "การเตรียมความพร้อมรับสถานการณ์หมอกควันและไฟป่า ประจำปี 2570",
            "action": "กองสาธารณสุขฯ 20 พ.ย. 2569",
        }
        | other
    )


REGISTER = Register(
    **LETTER,
    title="ทะเบียนหนังสือรับ",
    number="",
    direction="receive",
    form="แบบที่ 13",
    keeper="สารบรรณกลาง สำนักปลัดเทศบาล",
    span="ระหว่างวันที่ 1 ถึง 20 พฤศจิกายน พ.ศ. 2569",
    entries=[
        an_entry(1234),
        an_entry(1235, state="void", why="ลงรับซ้ำกับเลข 1230"),
        an_entry(1236, remark="ส่งทางไปรษณีย์อิเล็กทรอนิกส์"),
        Entry(serial="1237", state="reserved", why="จองไว้สำหรับหนังสือของกองช่าง"),
    ],
)
ENDORSEMENTS = Endorsements(
    **LETTER,
    title="ใบเกษียนหนังสือ",
    number="1234/2569",
    letter_number="ชม 0023.3/ว 30125",
    dated="18 พฤศจิกายน 2569",
    sender="สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่",
    subject="การเตรียมความพร้อมรับสถานการณ์หมอกควันและไฟป่า ประจำปี 2570",
    endorsements=[
        Endorsement(
            action="เสนอ",
            to="ปลัดเทศบาล",
            text="จังหวัดให้รายงานภายในวันที่ 30 พฤศจิกายน 2569 เห็นควรมอบกองสาธารณสุขและสิ่งแวดล้อม",
            signer=Signer(name="นางวันเพ็ญ สุขใจ", post="หัวหน้าสำนักปลัดเทศบาล", signed=SIGNED),
        ),
        Endorsement(
            action="เห็นควรดำเนินการตามเสนอ",
            to="นายกเทศมนตรีเมืองแม่เหียะ",
            signer=Signer(
                name="นายประเสริฐ วงศ์คำ",
                post="ปลัดเทศบาล",
                signed="เมื่อ 20 พฤศจิกายน 2569 เวลา 11.05 น.",
            ),
        ),
        Endorsement(
            action="มอบกองสาธารณสุขและสิ่งแวดล้อม",
            text="ดำเนินการ แล้วรายงานให้ทราบภายในวันที่ 27 พฤศจิกายน 2569",
            signer=Signer(
                name="นางอรทัย มณีวงศ์",
                post="รองนายกเทศมนตรี",
                acting=Acting(how="replacing", post="นายกเทศมนตรีเมืองแม่เหียะ"),
                signed="เมื่อ 20 พฤศจิกายน 2569 เวลา 13.20 น.",
            ),
        ),
    ],
)
RECEIPT = Receipt(
    **LETTER,
    title="ใบรับหนังสือ",
    number="1234/2569",
    form="แบบที่ 18",
    time="10.42 น.",
    letter_number="พิเศษ/2569",
    dated="19 พฤศจิกายน 2569",
    sender="นางสาววิภาดา แสงคำ",
    receiver="นายกเทศมนตรีเมืองแม่เหียะ",
    subject="ขอให้ซ่อมแซมไฟฟ้าสาธารณะ หมู่ที่ 3",
    signer=Signer(name="นางสาวกมลชนก ใจดี", post="เจ้าพนักงานธุรการชำนาญงาน"),
    verify=VERIFY,
)
STAMP = ReceiveStamp(**LETTER, title="ตรารับ", number="1234/2569", time="10.42 น.")
LISTING = Listing(
    **LETTER,
    title="บัญชีหนังสือขอทำลาย ประจำปี 2580",
    number="",
    form="แบบที่ 25",
    keeper="",
    span="วันที่ 15 มกราคม 2580",
    columns=[
        Column(head="ลำดับที่", width=1.6),
        Column(head="รหัสแฟ้ม", width=2.4, middle=True),
        Column(head="ที่", width=4.1),
        Column(head="ลงวันที่", width=2.8),
        Column(head="เลขทะเบียนรับ", width=2.6, middle=True),
        Column(head="เรื่อง"),
        Column(head="การพิจารณา", width=3.4, middle=True),
        Column(head="หมายเหตุ", width=3.6),
    ],
    rows=[
        ("1", "สธ 1", "ชม 0023.3/ว 812", "18 พ.ย. 2569", "1254/2569", "ขอเชิญประชุม", "X", ""),
        (
            "2",
            "สธ 1",
            "ชม 0023.3/ว 900",
            "20 พ.ย. 2569",
            "1260/2569",
            "แนวเขตตำบล",
            "ขยายเวลาเก็บถึง พ.ศ. 2585",
            "ยังใช้อ้างอิงแนวเขต",
        ),
    ],
    notes=["ความเห็นแย้งของนายมานพ ศรีสุข (ลำดับที่ 1): ควรเก็บไว้อ้างอิงอีกห้าปี"],
    hands=[
        Hand(role="ประธานกรรมการ", signer=Signer(name="นางกัลยา พรหมมา", post="ปลัดเทศบาล")),
        Hand(role="กรรมการ", signer=Signer(name="นายมานพ ศรีสุข", post="ผู้อำนวยการกองช่าง")),
        Hand(role="กรรมการ", signer=Signer(name="นางอรทัย มั่นคง", post="เจ้าพนักงานธุรการ")),
        Hand(
            role="ผู้อนุมัติ",
            signer=Signer(name="นายธนวัฒน์ ยอดเมือง", post="นายกเทศมนตรี", signed=SIGNED),
        ),
    ],
)
LOAN = LoanCard(
    **LETTER,
    title="บัตรยืมหนังสือ",
    number="",
    form="แบบที่ 24",
    subject="ขอเชิญประชุมแก้ไขปัญหาน้ำท่วม",
    letter_number="ชม 0023.3/ว 812",
    file_code="สธ 1",
    borrower="นายสมชาย ใจกล้า ปลัดอำเภอ อำเภอหางดง",
    purpose="ประกอบการตรวจรับงานจ้าง",
    lent="20 พฤศจิกายน 2569",
    due="27 พฤศจิกายน 2569",
    returned="",
    taker=Signer(name="นายสมชาย ใจกล้า", post="ปลัดอำเภอ"),
    bringer=Signer(name="........................"),
)
BOOKS = {
    "register": REGISTER,
    "endorsements": ENDORSEMENTS,
    "receipt": RECEIPT,
    "stamp": STAMP,
    "listing": LISTING,
    "loan": LOAN,
}
