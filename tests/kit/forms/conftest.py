"""A municipality on a Friday, and a form that has every kind of field, also as a page."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from core.api import Language, Tenant, Text
from kit.forms import (
    AddressField,
    Choice,
    Choices,
    Day,
    Email,
    File,
    Form,
    JuristicID,
    Line,
    Lines,
    Money,
    Number,
    Option,
    Phone,
    Pin,
    Place,
    Plot,
    ThaiID,
    When,
    Yes,
)

_FACTS = Text("เรื่องที่ขอ", "The matter")
_PERSON = Text("ผู้ขอ", "The applicant")


@pytest.fixture(scope="session")
def tenant() -> Tenant:
    return Tenant(
        id="maehia",
        kind="เทศบาลเมือง",
        name=Text("เทศบาลเมืองแม่เหียะ", "Mae Hia Town Municipality"),
        place=Text("อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่", "Mueang Chiang Mai, Chiang Mai"),
        address=Text("หมู่ที่ 2 ตำบลแม่เหียะ", "Moo 2, Mae Hia"),
        subdistricts=("500109",),
    )


@pytest.fixture(scope="session")
def place(tenant: Tenant) -> Place:
    return Place(tenant, date(2026, 11, 20))


@pytest.fixture(scope="session")
def form() -> Form:
    return (
        Choice(
            "reason",
            Text("เหตุที่ขอดู", "Reason"),
            options=(
                Option("crime", Text("เกิดอาชญากรรม", "A crime")),
                Option(
                    "lost",
                    Text("ของหาย", "Something lost"),
                    help=Text("ต้องบอกลักษณะของ", "Describe the thing"),
                ),
            ),
            step=_FACTS,
        ),
        Choices(
            "seen",
            Text("เห็นอะไร", "What was seen"),
            options=(
                Option("car", Text("รถยนต์", "A car")),
                Option("person", Text("คน", "A person")),
                Option("animal", Text("สัตว์", "An animal")),
            ),
            most=2,
            when=When("reason", ("crime",)),
            step=_FACTS,
        ),
        Line(
            "plate",
            Text("ทะเบียนรถ", "Number plate"),
            longest=12,
            when=When("seen", ("car",)),
            step=_FACTS,
        ),
        Line(
            "road",
            Text("บริเวณกล้อง", "Camera place"),
            help=Text("ชื่อถนนหรือแยก", "The road or junction"),
            step=_FACTS,
        ),
        Line("deed", Text("โฉนดเลขที่", "Deed no."), longest=6, digits=True, step=_FACTS),
        Lines("story", Text("เล่าเหตุการณ์", "What happened"), longest=100, step=_FACTS),
        Day("on", Text("วันที่เกิดเหตุ", "Day"), earliest_days=-30, latest_days=0, step=_FACTS),
        Number(
            "area",
            Text("พื้นที่", "Area"),
            unit=Text("ตารางเมตร", "square metres"),
            decimals=2,
            most=150,
            step=_FACTS,
        ),
        Number("people", Text("จำนวนคน", "People"), required=False, step=_FACTS),
        Money("worth", Text("มูลค่า", "Worth"), required=False, step=_FACTS),
        Choice(
            "bank",
            Text("ธนาคาร", "Bank"),
            options=tuple(
                Option(f"b{number}", Text(f"ธนาคาร {number}", f"Bank {number}"))
                for number in range(8)
            ),
            step=_FACTS,
        ),
        Pin("spot", Text("จุดเกิดเหตุ", "Place on the map"), step=_FACTS),
        Plot("land", Text("แปลงที่ดิน", "Land"), around="spot", step=_FACTS),
        ThaiID("citizen", Text("เลขประจำตัวประชาชน", "Citizen ID"), step=_PERSON),
        JuristicID("company", Text("เลขนิติบุคคล", "Company"), required=False, step=_PERSON),
        Phone("phone", Text("เบอร์โทรศัพท์", "Telephone"), step=_PERSON),
        Email("mail", Text("อีเมล", "E-mail"), required=False, step=_PERSON),
        AddressField("home", Text("ที่อยู่", "Address"), step=_PERSON),
        File("papers", Text("บันทึกประจำวัน", "Police record"), most=3, step=_PERSON),
        Yes("news", Text("รับข่าวสาร", "Send me news"), required=False, step=_PERSON),
        Line(
            "why_not",
            Text("เหตุที่ไม่รับ", "Why not"),
            required=False,
            when=When("news", ("no",)),
            step=_PERSON,
        ),
        Yes("agree", Text("ข้าพเจ้ายินยอม", "I agree"), step=_PERSON),
    )


@pytest.fixture(scope="session")
def posted() -> dict[str, list[str]]:
    return {
        "reason": ["crime"],
        "seen": ["person", "car"],
        "plate": [" กข  1234 "],
        "road": ["หน้าตลาดสด"],
        "deed": ["๐๑๒๓"],
        "story": ["บรรทัดแรก  \r\n\r\n\r\n\r\nบรรทัดสอง"],
        "on.day": ["๑"],
        "on.month": ["11"],
        "on.year": ["๒๕๖๙"],
        "area": ["149.5"],
        "people": ["1,200"],
        "worth": ["1,250.25 บาท"],
        "bank": ["b7"],
        "spot": ["18.74120, 98.95000"],
        "land": ["๑๘.๗๔๑๐ 98.9498\r\n18.7414, 98.9498\r\n\r\n18.7414, 98.9502\r\n18.7410,98.9502"],
        "citizen": ["1-2345-45678-78-1"],
        "company": ["0994000617721"],
        "phone": ["081 234 5678"],
        "mail": ["Somchai@Example.COM"],
        "home.house_no": ["88/12"],
        "home.moo": ["หมู่ ๕"],
        "home.road": ["ถนนเชียงใหม่–หางดง"],
        "home.subdistrict": ["500109-50100"],
        "papers": ["file-1", "file-2"],
        "why_not": ["มีแล้ว"],
        "agree": ["yes"],
    }


@pytest.fixture(scope="session")
def values() -> dict[str, object]:
    return {
        "reason": "crime",
        "seen": ["car", "person"],
        "plate": "กข 1234",
        "road": "หน้าตลาดสด",
        "deed": "0123",
        "story": "บรรทัดแรก\n\nบรรทัดสอง",
        "on": "2026-11-01",
        "area": "149.50",
        "people": 1200,
        "worth": 125025,
        "bank": "b7",
        "spot": {"lat": 18.7412, "lon": 98.95},
        "land": [
            {"lat": 18.741, "lon": 98.9498},
            {"lat": 18.7414, "lon": 98.9498},
            {"lat": 18.7414, "lon": 98.9502},
            {"lat": 18.741, "lon": 98.9502},
        ],
        "citizen": "1234545678781",
        "company": "0994000617721",
        "phone": "+66812345678",
        "mail": "Somchai@example.com",
        "home": {
            "house_no": "88/12",
            "moo": "5",
            "road": "เชียงใหม่–หางดง",
            "subdistrict": "500109",
            "postcode": "50100",
        },
        "papers": ["file-1", "file-2"],
        "news": False,
        "why_not": "มีแล้ว",
        "agree": True,
    }


PAGE = """{% from "forms/fields.html" import fields with context -%}
{% from "core/parts/problems.html" import problem with context -%}
<!doctype html><html lang="{{ lang }}" data-theme="{{ theme }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Form</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/core/face.css">
<script src="/core/face.js" defer></script></head><body><main class="wrap main read stack">
<h1>{{ t("ขอดูภาพกล้องวงจรปิด", "See CCTV footage") }}</h1>
<form class="stack-l" method="post" novalidate>{{ problem(words) }}
{{ fields(form, typed, problems, place, files) }}
<div class="row fill"><button class="btn">{{ t("บันทึกและไปต่อ", "Save and go on") }}</button></div>
</form></main></body></html>"""


@pytest.fixture(scope="session")
def render(form: Form, place: Place) -> Callable[..., str]:
    loader = PrefixLoader(
        {
            "core": FileSystemLoader("core/http/templates"),
            "forms": FileSystemLoader("kit/forms/templates"),
            "geo": FileSystemLoader("kit/geo/templates"),
            "test": DictLoader({"page.html": PAGE}),
        }
    )
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = lambda name: f"/{name}"

    def page(language: Language = "th", **values: Any) -> str:
        shared: dict[str, Any] = {
            "lang": language,
            "t": lambda th, en: Text(th, en).to(language),
            "theme": "light",
            "form": form,
            "place": place,
            "typed": {},
            "problems": {},
            "files": {},
        }
        shared |= values
        shared["words"] = {name: one.to(language) for name, one in shared["problems"].items()}
        return environment.get_template("test/page.html").render(shared)

    return page
