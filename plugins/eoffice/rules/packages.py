"""What stands in the package of a register: names of its files, sums, and how they are checked.

Anybody can check it with public programs: ``sha256sum -c`` the files against ``SHA256SUMS``,
``openssl pkeyutl`` that file against the office's Ed25519 key.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import Struct

from core.api import Text
from kit.thai import full_moment

SUMS, SIGNATURE, KEY, README = "SHA256SUMS", "SHA256SUMS.sig", "office.pem", "README.txt"
REGISTER_CSV, REGISTER_JSON = "register.csv", "register.json"
LONGEST_NAME = 200  # bytes; file systems take 255

# What some system cannot have in a name, and what sha256sum would write in another way.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_UNSAID = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
COLUMNS: Mapping[str, Text] = {
    "number": Text("เลขทะเบียน", "Register number"),
    "year": Text("ปี พ.ศ.", "Year B.E."),
    "state": Text("สถานะเลข", "State of the number"),
    "entered_at": Text("ลงทะเบียนเมื่อ", "Entered at"),
    "entered_by_name": Text("ผู้ลงทะเบียน", "Entered by"),
    "letter_number": Text("ที่", "Number"),
    "dated_on": Text("ลงวันที่", "Dated"),
    "sender": Text("จาก", "From"),
    "recipient": Text("ถึง", "To"),
    "subject": Text("เรื่อง", "Subject"),
    "action": Text("การปฏิบัติ", "Action"),
    "remark": Text("หมายเหตุ", "Remark"),
    "folder": Text("แฟ้มในชุดนี้", "Folder in this package"),
}


class Told(Struct, frozen=True, kw_only=True):
    """What the package says of itself.

    :param title: of the register; ``secret`` how many letters are left out.
    """

    office: Text
    title: Text
    year: int
    origin: str
    key: str
    made_at: datetime
    secret: int


def folder_of(number: int) -> str:
    """Return where the letter under a number is, sorted as the register is."""
    return f"letters/{number:06}"


def file_name(position: int, name: str) -> str:
    """Return a name that every system can have, unique by its position; what it says is kept."""
    plain = unicodedata.normalize("NFC", _FORBIDDEN.sub("_", " ".join(name.split())))
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in _UNSAID)
    stem, dot, end = plain.rpartition(".")
    if not dot or len(end.encode()) > 16:
        stem, end = plain, ""
    ending = f".{end}" if end.strip(". ") else ""
    head = f"{position:02}-"
    room = LONGEST_NAME - len(head) - len(ending.encode())
    stem = stem.encode()[:room].decode(errors="ignore").strip(". ")
    return f"{head}{stem or 'file'}{ending}"


def proof_name(folder: str, what: str, raw: bytes) -> str:
    """Return the name of a proof, which ends by what it is written in."""
    start = raw.lstrip()[:1]
    ending = {b"{": "json", b"[": "json", b"<": "xml"}.get(start, "bin")
    return f"{folder}/proofs/{what}.{ending}"


def pem_of(key: str) -> bytes:
    """Return a public key of 64 hexadecimal digits as PEM, as OpenSSL reads it."""
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def sums_of(digests: Mapping[str, str]) -> bytes:
    """Return the sums of files as ``sha256sum`` writes them."""
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()


_WORDS = Text(
    """ชุดส่งออก{title} ปี พ.ศ. {year}
{office}
จัดทำเมื่อ {made}

ในชุดนี้มี
  register.csv, register.json      ทะเบียนทั้งปี ทุกเลข รวมเลขที่ยกเลิกและเลขที่จอง
  letters/<เลขทะเบียน>/letter.json  หัวเรื่อง ไฟล์ และการรับส่งของหนังสือแต่ละฉบับ
  letters/<เลขทะเบียน>/files/       ไฟล์ทุกไฟล์ ตรงกับที่เก็บไว้ทุกไบต์
  letters/<เลขทะเบียน>/endorsements.jsonl    การเกษียนหนังสือ บรรทัดละหนึ่งครั้ง ตามลำดับ
  letters/<เลขทะเบียน>/endorsements.sha256   ค่าลูกโซ่ของแต่ละบรรทัด
  letters/<เลขทะเบียน>/proofs/      หลักฐานการส่งและรับ รวมใบรับที่ปลายทางลงลายมือชื่อ
  SHA256SUMS, SHA256SUMS.sig, office.pem    ค่าตรวจสอบ ลายมือชื่อ และกุญแจสาธารณะของหน่วยงาน
{secret}

วิธีตรวจ เปิดหน้าต่างคำสั่งในแฟ้มที่แตกไฟล์ออกมา แล้วสั่ง

1. ไฟล์ครบและไม่ถูกแก้ ทุกบรรทัดต้องลงท้ายว่า OK
     sha256sum -c SHA256SUMS

2. ค่าตรวจสอบลงลายมือชื่อโดยหน่วยงาน ต้องขึ้นว่า Signature Verified Successfully
     openssl pkeyutl -verify -rawin -pubin -inkey office.pem -in SHA256SUMS -sigfile SHA256SUMS.sig

3. กุญแจเป็นของหน่วยงานจริง เทียบเลขนี้กับที่หน่วยงานเผยแพร่ที่ {origin}/exchange/eoffice/key
     {key}
   เลขของกุญแจในชุดนี้ได้จากคำสั่ง
     openssl pkey -pubin -in office.pem -outform DER | tail -c 32 | od -An -tx1 | tr -d ' \\n'

4. การเกษียนไม่ถูกแก้หรือตัดออก ค่าของบรรทัดแรกคือ SHA-256 ของการขึ้นบรรทัดใหม่ตามด้วยบรรทัดนั้น
   ค่าของบรรทัดถัดไปคือ SHA-256 ของค่าก่อนหน้า การขึ้นบรรทัดใหม่ และบรรทัดนั้น
     prev=; while read -r line; do
       prev=$(printf '%s\\n%s' "$prev" "$line" | sha256sum | cut -c1-64); echo "$prev"
     done < endorsements.jsonl | diff - endorsements.sha256 && echo OK
""",
    """{title}, B.E. {year}
{office}
Made {made}

In this package
  register.csv, register.json      the register of the year, void and reserved numbers too
  letters/<number>/letter.json     the head of each letter, its files, how it came and went
  letters/<number>/files/          every file, byte for byte as it is kept
  letters/<number>/endorsements.jsonl    what was written on it, one on a line, in order
  letters/<number>/endorsements.sha256   the digest of each line in its chain
  letters/<number>/proofs/         proofs of sending and receiving, signed receipts among them
  SHA256SUMS, SHA256SUMS.sig, office.pem    sums, their signature, the office's public key
{secret}

How to check it: open a terminal in the folder into which it was unpacked, and say

1. All files are there and unchanged: every line ends in OK.
     sha256sum -c SHA256SUMS

2. The office signed the sums: it says Signature Verified Successfully.
     openssl pkeyutl -verify -rawin -pubin -inkey office.pem -in SHA256SUMS -sigfile SHA256SUMS.sig

3. The key is the office's: compare this with what it publishes at {origin}/exchange/eoffice/key
     {key}
   The key in this package is shown by
     openssl pkey -pubin -in office.pem -outform DER | tail -c 32 | od -An -tx1 | tr -d ' \\n'

4. Nothing written on a letter was changed or left out: the digest of the first line is the
   SHA-256 of a line feed and the line; of each other that of the one before, a line feed, the line.
     prev=; while read -r line; do
       prev=$(printf '%s\\n%s' "$prev" "$line" | sha256sum | cut -c1-64); echo "$prev"
     done < endorsements.jsonl | diff - endorsements.sha256 && echo OK
""",
)
_SECRET = Text(
    "เอกสารลับ {count} ฉบับไม่อยู่ในชุดนี้ นายทะเบียนข้อมูลข่าวสารลับเก็บแยกต่างหาก",
    "{count} secret letters are not in it; their registrar keeps them apart.",
)
_NO_SECRET = Text("ทะเบียนนี้ไม่มีเอกสารลับ", "The register has no secret letter.")


def readme_of(told: Told) -> bytes:
    """Return what tells a reader what is in the package, and how to check it."""
    secret = _SECRET.format(count=told.secret) if told.secret else _NO_SECRET
    made = Text(full_moment(told.made_at, "th"), full_moment(told.made_at, "en"))
    words = _WORDS.format(
        title=told.title,
        office=told.office,
        year=told.year,
        made=made,
        secret=secret,
        origin=told.origin,
        key=told.key,
    )
    return f"{words.th}\n{'-' * 72}\n\n{words.en}".encode()
