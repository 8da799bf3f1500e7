"""Papers that the office issues, files that people hand in, and how each is trusted.

A paper is numbered without gaps, kept as a snapshot of everything that is printed,
rendered as PDF/A, and checked by anybody through the code under its QR. A file that
is handed in is looked into, cleaned and kept under the digest of what is in it.
"""

from kit.documents.casework import (
    Appeal,
    Decision,
    Defect,
    Defects,
    Guide,
    GuideDocument,
    GuideStep,
    Late,
    Receipt,
)
from kit.documents.codes import new_code, read_code
from kit.documents.contents import (
    Acting,
    Certificate,
    General,
    Letter,
    Office,
    Paper,
    Row,
    Scan,
    Signer,
    Table,
)
from kit.documents.files import Checked, inspect_async
from kit.documents.issuing import (
    Issued,
    Stamp,
    issue,
    papers_of,
    print_at_once,
    read_pdf,
    revoke,
    scan,
    signer,
    stamp,
)
from kit.documents.numbers import paper_number, quoted_number, read_number
from kit.documents.qr import qr_svg
from kit.documents.refusals import FileRefused
from kit.documents.store import Store
from kit.documents.uploads import Uploads, WrongOffset
from kit.documents.verifying import Verdict, verify

__all__ = [
    "Acting",
    "Appeal",
    "Certificate",
    "Checked",
    "Decision",
    "Defect",
    "Defects",
    "FileRefused",
    "General",
    "Guide",
    "GuideDocument",
    "GuideStep",
    "Issued",
    "Late",
    "Letter",
    "Office",
    "Paper",
    "Receipt",
    "Row",
    "Scan",
    "Signer",
    "Stamp",
    "Store",
    "Table",
    "Uploads",
    "Verdict",
    "WrongOffset",
    "inspect_async",
    "issue",
    "new_code",
    "paper_number",
    "papers_of",
    "print_at_once",
    "qr_svg",
    "quoted_number",
    "read_code",
    "read_number",
    "read_pdf",
    "revoke",
    "scan",
    "signer",
    "stamp",
    "verify",
]
