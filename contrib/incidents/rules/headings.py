"""What offices call the columns of their registers of assets, and what stands in them."""

from collections.abc import Mapping

from contrib.incidents.rules.assets import KINDS, OURS, OWNERS

# Columns by what they are called, in small letters; the first name is shown.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("รหัส", "รหัสเสา", "เลขเสา", "รหัสทรัพย์สิน", "code"),
    "kind": ("ประเภท", "ชนิด", "kind"),
    "owner": ("เจ้าของ", "หน่วยงานเจ้าของ", "owner"),
    "lamp": ("ชนิดโคม", "โคมไฟ", "lamp"),
    "place": ("ที่ตั้ง", "สถานที่", "place"),
    "lat": ("ละติจูด", "lat", "latitude"),
    "lon": ("ลองจิจูด", "lon", "lng", "longitude"),
    "repaired_on": ("ซ่อมล่าสุด", "วันที่ซ่อมล่าสุด", "repaired"),
}
NEEDED = ("code", "lat", "lon")
NAMED_KINDS = {
    **{one: code for code, t in KINDS.items() for one in (code, t.th, t.en.casefold())},
    "เสาไฟฟ้า": "pole",
    "ไฟส่องสว่าง": "pole",
    "cctv": "camera",
}
NAMED_OWNERS = {
    **{
        one: code
        for code, owner in OWNERS.items()
        for one in (code, owner.title.th, owner.title.en.casefold(), owner.agency.th)
        if one
    },
    "อปท.": OURS,
    "เทศบาล": OURS,
    "อบต.": OURS,
    "กฟภ.": "pea",
    "กฟน.": "mea",
}
