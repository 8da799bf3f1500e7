"""Papers that the office issues, files that people hand in, and how each is trusted.

A paper is numbered without gaps, kept as a snapshot of everything that is printed,
rendered as PDF/A, and checked by anybody through the code under its QR. A file that
is handed in is looked into, cleaned and kept under the digest of what is in it. Tables are
written for other programs, and read as offices send them.
"""

from core.api import LEVEL
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
from kit.documents.cells import (
    Fault,
    clean_cell,
    day_of_cell,
    decimal_of_cell,
    find_columns,
    whole_of_cell,
)
from kit.documents.codes import new_code, read_code
from kit.documents.contents import (
    Acting,
    Certificate,
    General,
    Letter,
    Mark,
    Office,
    Paper,
    Row,
    Scan,
    Signer,
    Table,
)
from kit.documents.earlier import counted_to, note_earlier
from kit.documents.files import Checked, inspect_async
from kit.documents.issuing import (
    Issued,
    Stamp,
    issue,
    issue_made,
    papers_of,
    print_at_once,
    read_pdf,
    revoke,
    scan,
    signer,
    stamp,
)
from kit.documents.keys import SigningKey, open_key_async
from kit.documents.numbers import digest_words, paper_number, quoted_number, read_number
from kit.documents.overlays import lay_over, pdf_of_picture
from kit.documents.pades import NoTimeStamp, sign_pdf_async
from kit.documents.pdfs import join_pdfs
from kit.documents.photos import KeptPhoto, keep_photo, open_photo
from kit.documents.qr import qr_png, qr_svg
from kit.documents.reading import LARGEST_TABLE, NO_ROWS, NotTaken, read_table
from kit.documents.refusals import MEGABYTE, FileRefused
from kit.documents.sending import (
    append,
    begin,
    discard,
    forget_results,
    owner_of,
    read_begun,
    show,
    unfinished,
    uploads_of,
)
from kit.documents.sheets import XLSX, Cell, Lines, csv_of, csv_pieces, xlsx_pieces
from kit.documents.signatures import SignatureFound, check_pdf_async
from kit.documents.standing import PaperStanding
from kit.documents.store import Store
from kit.documents.uploads import LARGEST_PIECE, Begun, Upload, Uploads, WrongOffset
from kit.documents.verifying import Verdict, verify
from kit.documents.words import words_of_pdf

__all__ = [
    "LARGEST_PIECE",
    "LARGEST_TABLE",
    "LEVEL",
    "MEGABYTE",
    "NO_ROWS",
    "XLSX",
    "Acting",
    "Appeal",
    "Begun",
    "Cell",
    "Certificate",
    "Checked",
    "CorrectionOrder",
    "Decision",
    "Defect",
    "Defects",
    "Extension",
    "Fault",
    "FileRefused",
    "General",
    "Guide",
    "GuideDocument",
    "GuideStep",
    "Issued",
    "KeptPhoto",
    "Late",
    "Letter",
    "Lines",
    "Mark",
    "NoTimeStamp",
    "NotTaken",
    "Office",
    "Paper",
    "PaperStanding",
    "Receipt",
    "Row",
    "Scan",
    "SignatureFound",
    "Signer",
    "SigningKey",
    "Stamp",
    "Store",
    "Table",
    "Upload",
    "Uploads",
    "Verdict",
    "WrongOffset",
    "append",
    "begin",
    "check_pdf_async",
    "clean_cell",
    "counted_to",
    "csv_of",
    "csv_pieces",
    "day_of_cell",
    "decimal_of_cell",
    "digest_words",
    "discard",
    "find_columns",
    "forget_results",
    "inspect_async",
    "issue",
    "issue_made",
    "join_pdfs",
    "keep_photo",
    "lay_over",
    "new_code",
    "note_earlier",
    "open_key_async",
    "open_photo",
    "owner_of",
    "paper_number",
    "papers_of",
    "pdf_of_picture",
    "print_at_once",
    "qr_png",
    "qr_svg",
    "quoted_number",
    "read_begun",
    "read_code",
    "read_number",
    "read_pdf",
    "read_table",
    "revoke",
    "scan",
    "show",
    "sign_pdf_async",
    "signer",
    "stamp",
    "unfinished",
    "uploads_of",
    "verify",
    "whole_of_cell",
    "words_of_pdf",
    "xlsx_pieces",
]
