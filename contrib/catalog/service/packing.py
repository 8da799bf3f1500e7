"""What curators take along to enter a version into the catalog and sign it, with their own keys."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from anyio import to_thread

from contrib.catalog.rules.states import State
from contrib.catalog.service.reports import newest_report, read_kept
from contrib.catalog.service.rights import CURATE
from contrib.catalog.service.submissions import read_file, read_submission
from core.api import Conflict, Context, Text, need

_TEXTS = ("title", "summary", "notes")
_NOT_YET = Text(
    "ยังนำไปลงลายมือชื่อไม่ได้ ต้องอยู่ระหว่างตรวจ และผลทดสอบล่าสุดต้องถึงระดับใดระดับหนึ่ง",
    "It cannot be signed yet: it must be looked through now, and its last try have reached a tier.",
)


async def package_of(ctx: Context, id: UUID) -> tuple[bytes, str]:
    """Return an archive with wheel, texts and report, and the name of its file.

    :raises NotAllowed: the actor is no curator.
    :raises Conflict: it is not being looked through, or its last try reached no tier.
    """
    need(ctx, CURATE)
    row = await read_submission(ctx, id)
    report = await newest_report(ctx, id)
    if not is_ready(row, report) or report is None:
        raise Conflict(_NOT_YET)
    wheel, name = await read_file(ctx, id, "wheel")
    files = {
        name: wheel,
        "texts.json": msgspec.json.format(msgspec.json.encode(texts_of(row["answers"]))),
        "report.json": await read_kept(ctx, id, report["id"]),
    }
    packed = await to_thread.run_sync(_pack, files)
    return packed, f"{row['plugin']}-{row['version']}.zip"


def is_ready(row: Mapping[str, Any], report: Mapping[str, Any] | None) -> bool:
    """Return whether a submission can be entered, by its newest report."""
    return row["state"] == State.REVIEW and report is not None and bool(report["tier"])


def texts_of(answers: Mapping[str, str]) -> Mapping[str, Text]:
    """Return title, summary and notes of a version, as its entry has them."""
    return {name: Text(answers[f"{name}_th"], answers[f"{name}_en"]) for name in _TEXTS}


def _pack(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            # Without a moment: the same submission makes the same archive.
            archive.writestr(zipfile.ZipInfo(path), data)
    return held.getvalue()
