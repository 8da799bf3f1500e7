"""A publisher and two curators, at a desk where plugins are handed in."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from contrib.catalog.service import publishers, submissions
from contrib.catalog.service.opening import Sent
from contrib.catalog.service.rights import CURATE, READ, SUBMIT
from core.context import EVERYWHERE, Actor, Context
from core.settings import Settings, read_settings
from tests.core.catalog.conftest import Keepers, make_wheel
from tests.core.catalog.conftest import keepers as keepers
from tests.core.catalog.conftest import keyring as keyring

HOME = "/desk/curation"
ANSWERS = {
    "title_th": "ห้องสมุด",
    "title_en": "Library",
    "summary_th": "ทะเบียนหนังสือ",
    "summary_en": "A register of books",
    "notes_th": "รุ่นแรก",
    "notes_en": "The first version",
    "data": ["open"],
    "network": "no",
    "licence": "EUPL-1.2",
    "rights": True,
}


def somebody(ctx: Context, name: str, *rights: str) -> Context:
    held = dict.fromkeys(rights, EVERYWHERE)
    return replace(ctx, actor=Actor(kind="officer", id=uuid4(), name=name, permissions=held))


def keeping(folder: Path, keepers: Keepers) -> Settings:
    """Return settings of an installation whose operator, แม่เหียะ, keeps a catalog."""
    told = {
        "THONGTHIN_DATA": str(folder / "data"),
        "THONGTHIN_SECRET": "ab" * 32,
        "THONGTHIN_OPERATOR": "maehia",
        "THONGTHIN_REPOSITORY": str(keepers.folder),
    }
    return read_settings(told)


@pytest.fixture
async def publisher(ctx: Context) -> Context:
    """Who hands in for a publisher that is registered."""
    return await a_publisher(ctx)


@pytest.fixture
def curator(ctx: Context) -> Context:
    return somebody(ctx, "สมหญิง ใจดี", READ, CURATE)


async def a_publisher(ctx: Context, code: str = "acme") -> Context:
    here = somebody(ctx, f"ผู้ส่งของ {code}", READ, SUBMIT)
    await publishers.register(here, code=code, title=f"บริษัท {code}", email=f"it@{code}.example")
    return here


def zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return held.getvalue()


PROJECT = b"""[project]
name = "thongthin-library"
version = "0.1.0"

[project.entry-points."thongthin.plugins"]
library = "thongthin_library.plugin"
"""


def source_of(wheel: bytes) -> bytes:
    """Return an archive with what is in a wheel, as it lies with its author."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        held = {f"library/src/{one}": archive.read(one) for one in archive.namelist()}
    return zipped(held | {"library/pyproject.toml": PROJECT})


def sent(version: str = "0.1.0", source: bytes | None = None, **more: Any) -> Sent:
    name, wheel = make_wheel(version=version, **more)
    return Sent(
        wheel_name=name,
        wheel=wheel,
        source_name="library.zip",
        source=source or source_of(wheel),
        answers=dict(ANSWERS),
    )


async def handed_in(publisher: Context, version: str = "0.1.0", **more: Any) -> UUID:
    return await submissions.submit(publisher, sent(version, **more))
