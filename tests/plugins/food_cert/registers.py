"""Files of a register as an office has them."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

from plugins.food_cert.rules.headings import COLUMNS

HEADS = [
    "เลขที่หนังสือรับรอง/ใบอนุญาต", "ชื่อสถานประกอบการ", "ชื่อผู้ประกอบการ", "ประเภท", "พื้นที่",
    "ที่ตั้ง", "โทรศัพท์", "วันที่ออก", "วันหมดอายุ", "เลขนิติบุคคล", "ละติจูด", "ลองจิจูด",
]  # fmt: skip
LINE = "88/12 หมู่ 5 ถนนเชียงใหม่-หางดง ตำบลแม่เหียะ"
SMALL = [
    "12/2568",
    "ครัวคำปัน",
    "นางคำปัน ใจยา",
    "จำหน่ายอาหาร",
    "60",
    LINE,
    "081-234-5678",
    "5/1/2568",
]
LARGE = [
    "3/2569",
    "ภัตตาคารเวียงพิงค์",
    "บจก.เวียงพิงค์",
    "ร้านอาหาร",
    "250.5",
    "9 ม.2",
    "053-123456",
    "1/2/2569",
]
LARGE += ["31/1/2570", "0-5055-50000-00-3", "18.7412", "98.9231"]


def workbook(*table: Sequence[Any]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in table:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def row(**cells: Any) -> list[Any]:
    """Return the row of a small place with some cells changed, by the names of the columns."""
    values = dict(zip(HEADS, [*SMALL, "", "", "", ""], strict=True))
    return list((values | {COLUMNS[name][0]: value for name, value in cells.items()}).values())
