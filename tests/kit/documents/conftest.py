"""Papers as an office issues them, with names and addresses as long as they come."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kit.documents.casework import (
    Appeal,
    CorrectionOrder,
    Decision,
    Defect,
    Defects,
    Extension,
    Guide,
    GuideDocument,
    GuideStep,
    Late,
    Receipt,
)
from kit.documents.contents import (
    Acting,
    Certificate,
    General,
    Office,
    Paper,
    Row,
    Scan,
    Signer,
    Table,
)
from kit.documents.rendering import Press

AT = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)
APPLICANT = "นางสาววิภาดาพรรณรายณ์ แสงคำเรืองวัฒนานุกูลกิจ ณ เชียงใหม่"
ADDRESS = (
    "123/456 หมู่ที่ 5 หมู่บ้านเลควิลล์ โครงการ 3 ซอยวัดต้นปิน 12/1 ถนนเลียบคลองชลประทาน "
    "ตำบลแม่เหียะ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่ 50100"
)


@pytest.fixture(scope="session")
def press() -> Press:
    return Press(Path(__file__).parents[3] / "assets" / "fonts")


@pytest.fixture(scope="session")
def text_of() -> Callable[[bytes], str]:
    """Return what a reader finds in a PDF file that heeds no hints, without any space."""

    def read(pdf: bytes) -> str:
        found = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
        # Sara am is drawn in two halves, and found as two.
        return "".join(found.split()).replace("\u0e4d\u0e32", "\u0e33")

    return read


@pytest.fixture
def pages_of(tmp_path: Path) -> Callable[[bytes], list[Path]]:
    """Return a picture of every page, 150 dots to the inch."""

    def show(pdf: bytes) -> list[Path]:
        path = tmp_path / "show.pdf"
        path.write_bytes(pdf)
        subprocess.run(  # noqa: S603 - a file of this test
            ["/usr/bin/env", "pdftoppm", "-r", "150", "-png", path, tmp_path / "page"],
            check=True,
            capture_output=True,
        )
        return sorted(tmp_path.glob("page-*.png"))

    return show


@pytest.fixture(scope="session")
def common() -> dict[str, Any]:
    return {
        "issued_at": AT,
        "office": Office(
            name="เทศบาลเมืองแม่เหียะ",
            address=["99 หมู่ที่ 5 ตำบลแม่เหียะ", "อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่ 50100"],
            contact=["โทร. 0 5311 0234", "saraban@maehia.go.th"],
            places=["แม่เหียะ"],
        ),
        "verify": Scan(
            url="https://maehia.go.th/v/MH7K-2Q9D-41TA",
            site="maehia.go.th/v",
            code="MH7K-2Q9D-41TA",
        ),
    }


@pytest.fixture(scope="session")
def mayor() -> Signer:
    return Signer(name="นายธนวัฒน์ ยอดใจ", post="นายกเทศมนตรีเมืองแม่เหียะ")


@pytest.fixture(scope="session")
def deputy() -> Signer:
    return Signer(
        name="นางอรทัย มณีวงศ์",
        post="รองนายกเทศมนตรีเมืองแม่เหียะ",
        acting=Acting(
            how="replacing",
            post="นายกเทศมนตรีเมืองแม่เหียะ",
            order="คำสั่งเทศบาลเมืองแม่เหียะ ที่ 812/2569 ลงวันที่ 2 พฤศจิกายน 2569",
        ),
        signed="เมื่อ 20 พฤศจิกายน 2569 เวลา 10.42 น.",
    )


@pytest.fixture(scope="session")
def letter(common: dict[str, Any]) -> dict[str, Any]:
    return common | {
        "number": "ชม 52001.3/1234",
        "date": "20 พฤศจิกายน 2569",
        "to": APPLICANT,
        "references": ["คำขออนุญาตก่อสร้างอาคาร เลขรับ 1254/2569"],
        "unit": ["กองช่าง ฝ่ายแบบแผนและก่อสร้าง", "โทร. 0 5311 0234 ต่อ 31"],
    }


@pytest.fixture(scope="session")
def receipt(common: dict[str, Any]) -> Receipt:
    return Receipt(
        **common,
        title="ใบรับคำขอ",
        number="1254/2569",
        date="20 พฤศจิกายน พ.ศ. 2569",
        mark="original",
        rows=[
            Row("ผู้ยื่นคำขอ", APPLICANT),
            Row("ที่อยู่", ADDRESS),
            Row("เรื่องที่ขอ", "ขออนุญาตก่อสร้างอาคาร (แบบ ข.1) พื้นที่ 149.50 ตารางเมตร"),
        ],
        documents=["สำเนาทะเบียนบ้าน จำนวน 1 ฉบับ", "แบบแปลน จำนวน 5 ชุด กระดาษ A3"],
        due="วันจันทร์ที่ 4 มกราคม พ.ศ. 2570",
        within="45 วัน (พระราชบัญญัติควบคุมอาคาร พ.ศ. 2522 มาตรา 25)",
        notes=["เจ้าหน้าที่กองช่างจะนัดตรวจสถานที่ภายใน 7 วันทำการ"],
        officer=Signer(name="นางสาวกมลชนก ใจดี", post="เจ้าพนักงานธุรการชำนาญงาน"),
        track=Scan(
            url="https://maehia.go.th/t/4QZ8-7X1M-0WKD",
            site="maehia.go.th/t",
            code="4QZ8-7X1M-0WKD",
        ),
    )


@pytest.fixture(scope="session")
def defects(common: dict[str, Any], receipt: Receipt) -> Defects:
    return Defects(
        **common,
        title="บันทึกความบกพร่องของคำขอและเอกสารหรือหลักฐาน",
        number="7/2569",
        date="20 พฤศจิกายน พ.ศ. 2569",
        mark="copy",
        rows=receipt.rows,
        defects=[
            Defect(what="สำเนาโฉนดที่ดินมีเฉพาะด้านหน้า", fix="ส่งสำเนาโฉนดด้านหลัง ขนาดเท่าต้นฉบับ"),
            Defect(what="แบบแปลนแผ่นที่ 3 ไม่ได้ระบุระยะร่น", fix="ระบุระยะร่นเป็นเมตร"),
        ],
        fix_by="วันศุกร์ที่ 4 ธันวาคม พ.ศ. 2569",
        officer=Signer(name="นายสมชาย วงศ์สวรรค์", post="นายช่างโยธาชำนาญงาน"),
        applicant=Signer(name=APPLICANT),
    )


@pytest.fixture(scope="session")
def appeal() -> Appeal:
    return Appeal(
        to="คณะกรรมการพิจารณาอุทธรณ์ โดยยื่นต่อเจ้าพนักงานท้องถิ่น",
        within="30 วัน",
        since="นับแต่วันทราบคำสั่ง",
        law="พระราชบัญญัติควบคุมอาคาร พ.ศ. 2522 มาตรา 52",
    )


@pytest.fixture(scope="session")
def refusal(letter: dict[str, Any], deputy: Signer, appeal: Appeal) -> Decision:
    return Decision(
        **letter,
        title="หนังสือแจ้งผลการพิจารณา",
        subject="แจ้งผลการพิจารณาคำขออนุญาตก่อสร้างอาคาร",
        outcome="refused",
        result="ไม่อนุญาตให้ก่อสร้างอาคาร",
        paragraphs=["ตามที่ท่านได้ยื่นคำขออนุญาตก่อสร้างอาคาร เทศบาลพิจารณาแล้ว"],
        facts=["ผนังด้านทิศเหนือซึ่งมีหน้าต่างห่างแนวเขตที่ดิน 1.40 เมตร"],
        law=["กฎกระทรวง ฉบับที่ 55 (พ.ศ. 2543) ข้อ 50"],
        reasons=["ระยะ 1.40 เมตร น้อยกว่า 2.00 เมตร", "ไม่มีเหตุยกเว้น"],
        appeal=appeal,
        signer=deputy,
    )


@pytest.fixture(scope="session")
def papers(
    common: dict[str, Any],
    letter: dict[str, Any],
    mayor: Signer,
    deputy: Signer,
    receipt: Receipt,
    defects: Defects,
    refusal: Decision,
    appeal: Appeal,
) -> dict[str, Paper]:
    """Every paper of the kit by the name of its template."""
    numbered = common | {"number": "41/2569", "date": "20 พฤศจิกายน พ.ศ. 2569"}
    return {
        "receipt": receipt,
        "slip": receipt,
        "defects": defects,
        "decision": refusal,
        "late": Late(
            **letter,
            title="หนังสือแจ้งเหตุแห่งความล่าช้า",
            subject="แจ้งเหตุแห่งความล่าช้าในการพิจารณาคำขอ",
            rows=[Row("เลขรับ", "1254/2569")],
            turn="2",
            due="วันที่ 4 มกราคม พ.ศ. 2570",
            reasons=["สำนักงานที่ดินยังไม่แจ้งผลการตรวจสอบแนวเขต"],
            done=["ตรวจสถานที่แล้วเมื่อ 27 พฤศจิกายน 2569"],
            expected="วันศุกร์ที่ 22 มกราคม พ.ศ. 2570",
            copies=["สำนักงานคณะกรรมการพัฒนาระบบราชการ (ก.พ.ร.)"],
            signer=mayor,
        ),
        "extension": Extension(
            **letter,
            title="หนังสือแจ้งขยายเวลาพิจารณา",
            subject="แจ้งขยายเวลาพิจารณาคำขออนุญาตก่อสร้าง",
            rows=[Row("เลขรับ", "1254/2569")],
            turn="1",
            most="2",
            due="วันจันทร์ที่ 4 มกราคม พ.ศ. 2570",
            until="วันพฤหัสบดีที่ 18 กุมภาพันธ์ พ.ศ. 2570",
            law=["พ.ร.บ.ควบคุมอาคาร พ.ศ. 2522 มาตรา 25"],
            reasons=["สำนักงานที่ดินยังไม่แจ้งผลการตรวจสอบแนวเขต"],
            signer=mayor,
        ),
        "correction": CorrectionOrder(
            **letter,
            title="คำสั่งให้แก้ไข",
            subject="ให้แก้ไขแบบแปลน",
            rows=[Row("เลขรับ", "1254/2569")],
            defects=[Defect(what="แบบแปลนชั้น 2", fix="แสดงระยะร่นด้านทิศเหนือไม่น้อยกว่า 2 เมตร")],
            fix_by="วันศุกร์ที่ 22 มกราคม พ.ศ. 2570",
            within="ภายใน 30 วัน",
            law="พ.ร.บ.ควบคุมอาคาร พ.ศ. 2522 มาตรา 27",
            appeal=appeal,
            signer=mayor,
        ),
        "certificate": Certificate(
            **numbered,
            title="หนังสือรับรองการอยู่อาศัย",
            certifies=f"{APPLICANT} อยู่อาศัยจริงในบ้านเลขที่ {ADDRESS}",
            rows=[Row("ใช้เพื่อ", "ประกอบการขอรับทุนการศึกษา")],
            until="20 พฤษภาคม พ.ศ. 2570",
            signer=deputy,
        ),
        "general": General(
            **numbered,
            title="ใบอนุญาตให้ใช้สถานที่ราชการ",
            rows=[Row("ผู้ได้รับอนุญาต", APPLICANT)],
            paragraphs=["ต้องดูแลความสะอาด และคืนสถานที่ในสภาพเดิม"],
            table=Table(
                heads=["รายการ", "บาท"],
                rows=[["ค่าบำรุงสถานที่", "1,000.00"], ["รวม", "1,000.00"]],
                numbers=[1],
                total=True,
            ),
            signer=mayor,
        ),
        "guide": Guide(
            **common,
            title="การขออนุญาตก่อสร้างอาคาร",
            number="",
            date="ปรับปรุงเมื่อ 1 ตุลาคม พ.ศ. 2569",
            rows=[Row("หน่วยงานเจ้าของกระบวนงาน", "กองช่าง"), Row("ระยะเวลาตามกฎหมาย", "45 วัน")],
            channels=[Row("ศูนย์บริการเบ็ดเสร็จ", "วันจันทร์ถึงวันศุกร์ เวลา 08.30 ถึง 16.30 น.")],
            criteria=["ผู้ใดจะก่อสร้างอาคารต้องได้รับใบอนุญาต"],
            steps=[
                GuideStep(
                    kind="การตรวจสอบเอกสาร",
                    detail="ตรวจความครบถ้วนของเอกสาร",
                    within="1 วัน",
                    unit="กองช่าง",
                ),
            ],
            total="45 วัน",
            identity=[
                GuideDocument(
                    name="บัตรประจำตัวประชาชน",
                    issuer="กรมการปกครอง",
                    originals="1 ฉบับ",
                    copies="–",
                )
            ],
            documents=[],
            complaints=[Row("ศูนย์ดำรงธรรม", "โทร. 1567")],
            samples=["แบบ ข.1"],
        ),
    }
