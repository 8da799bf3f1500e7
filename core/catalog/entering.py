"""Make the entry of a version from its wheel, its report, and what the reviewers say."""

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from core.catalog.changing import propose_version
from core.catalog.entries import Entry, Quality
from core.catalog.reading import Reading, read_source, write_out
from core.catalog.repository import CatalogFault, Repository
from core.catalog.wheels import Wheel, WheelRefused, open_wheel
from core.conformance.report import Report
from core.tenants.tenant import BANGKOK
from core.text import Text


class _Texts(msgspec.Struct, forbid_unknown_fields=True):
    title: Text
    summary: Text
    notes: Text


def enter(
    repository: Repository,
    publisher: str,
    wheel: Path,
    *,
    texts: bytes,
    report: bytes,
    reviewers: Sequence[str],
    data: Sequence[Any],
    now: datetime,
) -> Entry:
    """Propose a version of a plugin; curators sign it then.

    :param texts: JSON with title, summary and notes.
    :param report: what ``thongthin plugin check --report`` wrote of this version.
    :raises WheelRefused: the wheel is none that can be installed.
    :raises CatalogFault: texts or report do not go with it, or it reached no tier.
    """
    held = wheel.read_bytes()
    reading = read_wheel(open_wheel(held, name=wheel.name))
    quality = _quality(report, reading.name, reading.version)
    try:
        said = msgspec.json.decode(texts, type=_Texts)
        entry = _checked(
            Entry(
                plugin=reading.name,
                version=reading.version,
                api=reading.api,
                title=said.title,
                summary=said.summary,
                notes=said.notes,
                capabilities=reading.capabilities,
                data=tuple(dict.fromkeys(data)),
                quality=quality,
                reviewers=tuple(dict.fromkeys(reviewers)),
                on=now.astimezone(BANGKOK).date(),
            )
        )
    except (msgspec.MsgspecError, ValueError) as problem:
        raise CatalogFault(f"texts or reviewers: {problem}") from problem
    propose_version(repository, publisher, wheel.name, held, entry, now)
    return entry


def renew_evidence(
    repository: Repository, plugin: str, version: str, report: bytes, now: datetime
) -> Path:
    """Propose a newer report as the evidence of a version's tier; curators sign it then.

    :returns: the file to sign.
    :raises CatalogFault: it is not of that version, reached no tier, or is not newer.
    """
    quality = _quality(report, plugin, version)
    held = repository.find(plugin, version)[1]
    if quality.on < held.quality.on or quality.report == held.quality.report:
        raise CatalogFault(f"what is known of {plugin} {version} is of {held.quality.on}, no older")
    entry = msgspec.structs.replace(held, quality=quality)
    return repository.change(entry, now)


def _quality(report: bytes, plugin: str, version: str) -> Quality:
    """Return what a report shows of a version.

    :raises CatalogFault: it is another one's, or shows nothing.
    """
    try:
        told = msgspec.json.decode(report, type=Report)
    except (msgspec.MsgspecError, ValueError) as problem:
        raise CatalogFault(f"the report cannot be read: {problem}") from problem
    if (told.plugin, told.version) != (plugin, version) or told.tier is None:
        raise CatalogFault(f"the report is of {told.plugin} {told.version}, {told.tier}")
    day = told.at.astimezone(BANGKOK).date()
    return Quality(tier=told.tier, report=hashlib.sha256(report).hexdigest(), on=day)


def _checked(entry: Entry) -> Entry:
    """Return an entry as whoever reads it will take it.

    :raises msgspec.ValidationError: they will not.
    """
    return msgspec.json.decode(msgspec.json.encode(entry), type=Entry)


def read_wheel(wheel: Wheel) -> Reading:
    """Return what the source in a wheel says and can do.

    :raises WheelRefused: its manifest cannot be read, or is another plugin's or version's.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_out(wheel, Path(folder))
        reading = read_source(Path(folder), wheel.module)
    if (reading.name, reading.version) != (wheel.plugin, wheel.version):
        raise WheelRefused(
            f"its manifest says {reading.name} {reading.version}, "
            f"its file {wheel.plugin} {wheel.version}"
        )
    return reading
