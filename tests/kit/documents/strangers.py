"""PDF files as other people and their programs make and sign them."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from kit.documents.keys import SigningKey
from kit.documents.pades import _Signer

AT = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)


def plain(*, password: str = "") -> bytes:
    """A PDF file as somebody may send it."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def as_written_by_word(raw: bytes) -> bytes:
    """The file with a second table beside its first, which only newer readers look at."""
    root = PdfReader(BytesIO(raw)).trailer.raw_get("/Root").idnum
    previous = int(raw.rsplit(b"startxref", 1)[1].split()[0])
    out = bytearray(raw.rstrip() + b"\n")
    stream = len(out)
    row = b"\x01" + stream.to_bytes(4) + b"\x00"
    head = b"90 0 obj\n<</Type/XRef/Size 91/W[1 4 1]/Index[90 1]/Root %d 0 R/Length %d>>\nstream\n"
    out += head % (root, len(row)) + row + b"\nendstream\nendobj\n"
    table = len(out)
    trailer = b"trailer\n<</Size 91/Root %d 0 R/Prev %d/XRefStm %d>>\n"
    out += b"xref\n0 0\n" + trailer % (root, previous, stream)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def with_compressed_objects(raw: bytes) -> bytes:
    out = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(raw))).write(out)
    return out.getvalue()


def signed_as(
    raw: bytes,
    key: SigningKey,
    field: SigFieldSpec | None = None,
    *,
    password: str = "",
    **how: Any,
) -> bytes:
    """The file with a signature of another program, which can do what ours does not."""
    signer = _Signer(key, "A", AT, "", "", None).signer
    writer = IncrementalPdfFileWriter(BytesIO(raw))
    if password:
        writer.encrypt(password)
    meta = PdfSignatureMetadata("A", **how)
    signed: BytesIO = PdfSigner(meta, signer, new_field_spec=field).sign_pdf(writer)
    return signed.getvalue()


def with_form() -> bytes:
    """A page with a field that is filled in by whoever gets it."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("เรื่อง"),
            NameObject("/Rect"): ArrayObject([NumberObject(one) for one in (0, 0, 90, 20)]),
        }
    )
    held = writer._add_object(field)
    page[NameObject("/Annots")] = ArrayObject([held])
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([held])}
    )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
