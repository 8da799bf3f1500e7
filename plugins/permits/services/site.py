"""Where the building stands: the land, its four sides, the road and the water beside it.

Lengths are asked in metres, the land as its deed gives it. Which of them suffices is not
asked: that is for the rules.
"""

from core.api import Text
from kit.forms import AddressField, AnyField, Choice, Line, Number, Option, Pin, Plot, When
from plugins.permits.rules.asked import SIDES

_SITE = Text("ที่ตั้ง", "Where it stands")
_LAND = Text("ที่ดิน", "The land")
_SIDES = Text("ระยะถึงเขตที่ดิน", "Distances to the boundaries")
_AROUND = Text("ถนนและแหล่งน้ำ", "Road and water")
_METRES = Text("เมตร", "metres")
_FAR = 1_000_000

# What is asked of the spot itself.
SITE: tuple[AnyField, ...] = (
    AddressField(
        "site",
        Text("ที่อยู่ของที่ก่อสร้าง", "Address of the site"),
        help=Text("ถ้ายังไม่มีเลขที่บ้าน เว้นไว้", "Leave the house number if there is none yet."),
        own=True,
        house=False,
        personal=False,
        step=_SITE,
    ),
    Pin(
        "pin",
        Text("ปักหมุดตรงจุดที่อาคารจะตั้ง", "Put the pin where the building will stand"),
        help=Text(
            "เจ้าหน้าที่ใช้ตรวจผังเมืองและแนวเขต ไม่ใช้ปฏิเสธคำขอโดยลำพัง",
            "Officers check the zone and the boundary by it. No request is refused by it alone.",
        ),
        inside=True,
        step=_SITE,
    ),
    Plot(
        "plot",
        Text("วาดแนวเขตที่ดิน", "Draw the land"),
        help=Text(
            "ไม่วาดก็ยื่นได้ แต่เจ้าหน้าที่จะตรวจแนวเขตได้เร็วขึ้น",
            "You can file without it; with it the boundary is checked sooner.",
        ),
        around="pin",
        required=False,
        step=_SITE,
    ),
)

LAND: tuple[AnyField, ...] = (
    Choice(
        "deed_kind",
        Text("เอกสารสิทธิในที่ดิน", "Paper of the land"),
        options=(
            Option("deed", Text("โฉนดที่ดิน", "Title deed (chanot)")),
            Option("ns3", Text("น.ส.3 หรือ น.ส.3 ก.", "Certificate of use (Nor Sor 3)")),
            Option("sk1", Text("ส.ค.1", "Claim of possession (Sor Kor 1)")),
            Option("other", Text("เอกสารอื่น", "Another paper")),
        ),
        step=_LAND,
    ),
    Line(
        "deed_number",
        Text("เลขที่เอกสารสิทธิ", "Number of the paper"),
        help=Text("เช่น เลขที่โฉนด 12345", "e.g. deed no. 12345"),
        longest=40,
        step=_LAND,
    ),
    Number(
        "land_rai",
        Text("ขนาดที่ดิน: ไร่", "Size of the land: rai"),
        help=Text("ไร่ งาน และตารางวา ตามเอกสารสิทธิ", "Rai, ngan and square wah as on the paper."),
        most=1_000_000,
        step=_LAND,
    ),
    Number("land_ngan", Text("ขนาดที่ดิน: งาน", "Size of the land: ngan"), most=3, step=_LAND),
    Number(
        "land_wah",
        Text("ขนาดที่ดิน: ตารางวา", "Size of the land: square wah"),
        most=100,
        decimals=1,
        step=_LAND,
    ),
    Number(
        "others",
        Text("พื้นที่ดินที่อาคารอื่นตั้งอยู่แล้ว", "Land that other buildings cover already"),
        help=Text("ถ้าไม่มีอาคารอื่น ใส่ 0", "0 if there are no other buildings."),
        unit=Text("ตารางเมตร", "square metres"),
        most=_FAR,
        decimals=2,
        step=_LAND,
    ),
    Choice(
        "land_owner",
        Text("ที่ดินเป็นของใคร", "Whose land it is"),
        options=(
            Option("own", Text("ของเจ้าของอาคารคนเดียว", "The owner of the building alone")),
            Option(
                "shared",
                Text("มีเจ้าของร่วม", "With other owners"),
                Text("แนบหนังสือยินยอมของเจ้าของร่วม", "Their consent is attached"),
            ),
            Option(
                "consents",
                Text("ของผู้อื่น ซึ่งยินยอมแล้ว", "Somebody else's, who consents"),
                Text("แนบหนังสือยินยอมของเจ้าของที่ดิน", "The consent is attached"),
            ),
            Option(
                "no_consent",
                Text("ของผู้อื่น ยังไม่ได้ยินยอม", "Somebody else's, without consent yet"),
            ),
        ),
        step=_LAND,
    ),
    Line(
        "land_owner_name",
        Text("ชื่อเจ้าของที่ดิน", "Name of the owner of the land"),
        longest=200,
        personal=True,
        when=When("land_owner", ("shared", "consents", "no_consent")),
        step=_LAND,
    ),
)


def _side(code: str, name: Text) -> tuple[AnyField, AnyField]:
    return (
        Choice(
            f"{code}_wall",
            Text(f"ผนัง{name.th}", f"Wall: {name.en}"),
            options=(
                Option(
                    "openings",
                    Text("มีช่องเปิด", "With openings"),
                    Text("ประตู หน้าต่าง ช่องลม หรือระเบียง", "Doors, windows, vents or balconies"),
                ),
                Option("solid", Text("ผนังทึบ ไม่มีช่องเปิด", "Solid, without openings")),
            ),
            step=_SIDES,
        ),
        Number(
            f"{code}_distance",
            Text(f"ผนัง{name.th}ห่างเขตที่ดิน", f"Wall to the boundary: {name.en}"),
            help=Text("วัดจุดที่ใกล้ที่สุด", "At the nearest point."),
            unit=_METRES,
            most=_FAR,
            decimals=2,
            step=_SIDES,
        ),
    )


SIDES_OF_LAND: tuple[AnyField, ...] = tuple(
    field for code, name in SIDES.items() for field in _side(code, name)
)


def _length(name: str, label: Text, help: Text, when: When) -> Number:
    return Number(
        name,
        label,
        help=help,
        unit=_METRES,
        most=_FAR,
        decimals=2,
        when=when,
        step=_AROUND,
    )


_ON_ROAD, _ON_WATER = When("road", ("public",)), When("water", ("yes",))

AROUND: tuple[AnyField, ...] = (
    Choice(
        "neighbour",
        Text("มีผนังชิดเขตที่ดินหรือใช้ร่วมกับเพื่อนบ้านหรือไม่", "Does a wall stand on the boundary"),
        options=(
            Option("no", Text("ไม่มี", "No")),
            Option(
                "consent",
                Text("มี และเพื่อนบ้านยินยอมเป็นหนังสือ", "Yes, and the neighbour consents"),
                Text("แนบหนังสือยินยอม", "The letter is attached"),
            ),
            Option("not_yet", Text("มี ยังไม่ได้ยินยอม", "Yes, without consent yet")),
        ),
        step=_AROUND,
    ),
    Choice(
        "road",
        Text("ที่ดินติดถนนหรือซอยหรือไม่", "Does the land adjoin a road or lane"),
        options=(
            Option("public", Text("ติดถนนหรือซอยสาธารณะ", "A public road or lane")),
            Option("private", Text("ติดถนนส่วนบุคคล", "A private road")),
            Option("none", Text("ไม่ติดถนน", "No road")),
        ),
        step=_AROUND,
    ),
    _length(
        "road_width",
        Text("ถนนกว้าง", "Width of the road"),
        Text(
            "ทั้งเขตทาง รวมไหล่ทางและทางเท้า ถ้าติดหลายสาย ใช้สายที่อาคารใกล้ที่สุด",
            "The whole road with its verges; of several, the nearest.",
        ),
        _ON_ROAD,
    ),
    _length(
        "road_distance",
        Text("อาคารห่างเขตถนน", "Building to the edge of the road"),
        Text("วัดจากส่วนที่ใกล้ที่สุด รวมกันสาดและระเบียง", "From the nearest part, eaves included."),
        _ON_ROAD,
    ),
    Choice(
        "water",
        Text("ที่ดินติดแม่น้ำ คลอง ลำรางสาธารณะหรือไม่", "Does the land adjoin public water"),
        options=(Option("no", Text("ไม่ติด", "No")), Option("yes", Text("ติด", "Yes"))),
        step=_AROUND,
    ),
    _length(
        "water_width",
        Text("แหล่งน้ำกว้าง", "Width of the water"),
        Text("ระหว่างสองฝั่ง ตรงหน้าที่ดิน", "From bank to bank, before the land."),
        _ON_WATER,
    ),
    _length(
        "water_distance",
        Text("อาคารห่างแหล่งน้ำ", "Building to the water"),
        Text("วัดถึงเขตแหล่งน้ำที่ใกล้ที่สุด", "To the nearest bank."),
        _ON_WATER,
    ),
)
