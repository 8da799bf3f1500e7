"""The documents of a notice and of a licence, each only where the answers need it.

Papers that an agency of the state has issued are looked up by the office (Digital Government
Act B.E. 2562, s. 11). The list is that of one local government's form and of what offices
commonly ask for beside it (dossier 3.6).
"""

from core.api import Text
from kit.casework import Document
from plugins.food_cert.services.asked import BY_AGENT, FOR_COMPANY

_PROVINCIAL = Text("กรมการปกครอง", "Department of Provincial Administration")
ABOUT_HOLDER: tuple[Document, ...] = (
    Document(
        "id-card",
        Text("บัตรประจำตัวประชาชนของเจ้าของกิจการ", "National ID card of the owner"),
        issuer=_PROVINCIAL,
        originals=0,
        way="looked_up",
    ),
    Document(
        "company-certificate",
        Text("หนังสือรับรองนิติบุคคล", "Certificate of the company"),
        issuer=Text("กรมพัฒนาธุรกิจการค้า", "Department of Business Development"),
        originals=0,
        way="looked_up",
        when=FOR_COMPANY,
    ),
    Document(
        "signing-authority",
        Text("หลักฐานผู้มีอำนาจลงนามแทนนิติบุคคล", "Proof of who signs for the company"),
        when=FOR_COMPANY,
        note=Text("เพราะกิจการเป็นของนิติบุคคล", "Because the business is a company's."),
    ),
    Document(
        "power-of-attorney",
        Text("หนังสือมอบอำนาจ พร้อมสำเนาบัตรผู้มอบ", "Power of attorney, with the card of who gives it"),
        when=BY_AGENT,
        note=Text("เพราะท่านยื่นแทนเจ้าของกิจการ", "Because you file for the owner."),
    ),
)
OF_PLACE: tuple[Document, ...] = (
    Document(
        "photo",
        Text("รูปถ่ายหน้าร้านและบริเวณปรุงอาหาร", "Photos of the front and the kitchen"),
        required=False,
    ),
    Document(
        "other-licences",
        Text("ใบอนุญาตตามกฎหมายอื่นที่เกี่ยวข้อง", "Licences under other laws"),
        required=False,
        note=Text("เช่น ใบอนุญาตก่อสร้างอาคาร", "e.g. a building permit"),
    ),
)
SITE_PLAN = Document(
    "site-plan",
    Text("แผนผังภายในและที่ตั้งโดยสังเขป", "Plan of the inside, and where it lies"),
    note=Text("วาดด้วยมือได้ ให้เห็นครัว ที่ล้าง ห้องน้ำ ทางเข้าออก", "Drawn by hand will do."),
)
