"""What a person is told about a file that is not taken: what is wrong, and what to do."""

from core.api import AppError, Text

MEGABYTE = 1024 * 1024


class FileRefused(AppError):
    """The file is not taken; the form shows the sentence beside it and keeps the rest."""

    status_code = 422


NOT_TAKEN = Text(
    "ไฟล์นี้ไม่ใช่รูปหรือ PDF ถ่ายรูปเอกสารแล้วแนบใหม่ได้เลย",
    "This file is neither a picture nor a PDF. Take a photo of the paper and attach that.",
)
NO_PHOTO = Text(
    "ไฟล์นี้เป็น PDF ช่องนี้รับเฉพาะรูปถ่าย ถ่ายรูปแล้วแนบใหม่",
    "This file is a PDF; only photos are taken here. Take a photo and attach that.",
)
EMPTY = Text("ไฟล์นี้ว่างเปล่า แนบไฟล์ใหม่อีกครั้ง", "This file is empty. Attach it again.")
HEIC = Text(
    "รูปนี้เป็นชนิด HEIC ซึ่งเปิดไม่ได้ทุกเครื่อง บันทึกรูปเป็น JPEG แล้วแนบใหม่",
    "This picture is HEIC, which not every machine opens. Save it as JPEG and attach that.",
)
TOO_LARGE = Text(
    "ไฟล์นี้ {size} เมกะไบต์ รับได้ไม่เกิน {limit} ลองถ่ายใหม่หรือย่อขนาด",
    "This file has {size} megabytes, at most {limit} are taken. Take it again or make it smaller.",
)
BROKEN_PDF = Text(
    "เปิด PDF นี้ไม่ได้ ไฟล์อาจเสีย บันทึกเป็น PDF ใหม่ หรือถ่ายรูปเอกสารแล้วแนบ",
    "This PDF cannot be opened; it may be damaged. Save it again, or attach photos of the paper.",
)
LOCKED_PDF = Text(
    "PDF นี้ใส่รหัสผ่านหรือล็อกไว้ สั่งพิมพ์เป็น PDF ใหม่แล้วแนบ หรือถ่ายรูปเอกสารแล้วแนบ",
    "This PDF is locked. Print it to a new PDF and attach that, or attach photos of the paper.",
)
ACTIVE_PDF = Text(
    "PDF นี้มีคำสั่งหรือไฟล์อื่นฝังอยู่ จึงรับไม่ได้ สั่งพิมพ์เป็น PDF ใหม่แล้วแนบ",
    "This PDF holds commands or other files and is not taken. Print it to a new PDF first.",
)
TOO_MANY_PAGES = Text(
    "PDF นี้มี {size} หน้า รับได้ไม่เกิน {limit} แยกไฟล์แล้วแนบทีละส่วน",
    "This PDF has {size} pages, at most {limit} are taken. Attach it in parts.",
)
TOO_COMPLEX_PDF = Text(
    "PDF นี้ซับซ้อนเกินไป สั่งพิมพ์เป็น PDF ใหม่ หรือถ่ายรูปเอกสารแล้วแนบ",
    "This PDF is too complex. Print it to a new PDF, or attach photos of the paper.",
)

CLOSED_PDF = Text(
    "ผู้ลงลายมือชื่อก่อนหน้านี้ปิดไม่ให้ลงลายมือชื่อเพิ่ม ขอไฟล์ที่ยังไม่ปิดจากผู้ส่ง",
    "Whoever signed this PDF before closed it to further signatures. Ask for one left open.",
)

UNSEEN_SIGNATURES = Text(
    "ตรวจลายมือชื่ออิเล็กทรอนิกส์ในไฟล์นี้ไม่ได้ ไฟล์อาจเสีย มีรหัสผ่าน หรือซับซ้อนเกินไป ขอไฟล์ใหม่จากผู้ลงลายมือชื่อ",
    "The signatures of this file cannot be checked; it may be damaged, locked or too complex. Ask "
    "whoever signed it for another.",
)


def too_large(size: int, limit: int) -> FileRefused:
    """Return the refusal of a file of ``size`` bytes where ``limit`` are taken."""
    return FileRefused(TOO_LARGE.format(size=-(-size // MEGABYTE), limit=limit // MEGABYTE))
