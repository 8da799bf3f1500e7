"""Papers as PDF: a template, a snapshot of contents, and the fonts, to bytes.

Files are PDF/A-2a (ISO 19005-2, level A: archival and tagged) and PDF/UA-1 (ISO 14289-1:
readable aloud). The contents reach the template as JSON and are never part of its source,
so that nothing a citizen writes is taken for markup. Equal contents make equal bytes.
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import msgspec
import typst
from anyio import CapacityLimiter, to_thread
from fontTools.ttLib import TTFont
from PIL import Image

from kit.documents.letters import Letters
from kit.documents.printed import printable, snapshot
from kit.documents.qr import qr_svg

# Where the templates of this room and the package ``@thongthin/house`` lie.
PAPERS = Path(__file__).parent / "papers"

_NAME = re.compile(r"[a-z_]+/[a-z_]+\.typ")


class Press:
    """Renders papers, with compilers that are kept warm.

    :param fonts: the folder with the TTF files of the papers' font.
    :param homes: the folder with the templates of each plugin, by the plugin's name; this
        room's own are under ``documents``.
    :param at_once: how many papers are rendered at the same time; each takes a processor.
    :raises FileNotFoundError: there is no font, so no paper could be made.
    """

    def __init__(
        self, fonts: Path, homes: Mapping[str, Path] | None = None, *, at_once: int = 2
    ) -> None:
        self._homes = {"documents": PAPERS, **(homes or {})}
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
        )
        files = sorted(fonts.glob("*.ttf"))
        if not files:
            raise FileNotFoundError(f"no fonts for papers in {fonts}")
        self._signs = _signs_of(files)
        self._letters = Letters(files)
        self._idle: dict[str, list[typst.Compiler]] = {}
        self._limiter = CapacityLimiter(at_once)

    def render(
        self,
        template: str,
        paper: msgspec.Struct | Mapping[str, Any],
        pictures: Mapping[str, bytes] | None = None,
    ) -> bytes:
        """Return the paper as a PDF file.

        :param template: ``<plugin>/<paper>.typ``, e.g. ``documents/receipt.typ``.
        :param paper: the contents; a mapping has ``issued_at``, aware, in ISO 8601.
        :param pictures: PNG, JPEG or WebP files by the name the template asks for, such as
            the municipality's ``emblem``.
        """
        contents = _with_qr(printable(snapshot(paper), self._signs))
        compiler = self._take(template)
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={
                "data": json.dumps(contents, ensure_ascii=False),
                "pictures": json.dumps({name: _svg(raw) for name, raw in (pictures or {}).items()}),
            },
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(_issued_at(contents).timestamp()),
        )
        self._idle[template].append(compiler)
        return self._letters.put_right(cast(bytes, pdf))

    async def render_async(
        self,
        template: str,
        paper: msgspec.Struct | Mapping[str, Any],
        pictures: Mapping[str, bytes] | None = None,
    ) -> bytes:
        """Return the paper as :meth:`render` does, while the event loop goes on."""
        return await to_thread.run_sync(
            self.render, template, paper, pictures, limiter=self._limiter
        )

    def _take(self, template: str) -> typst.Compiler:
        """Return an idle compiler of ``template``: one compiler serves one thread at a time."""
        idle = self._idle.setdefault(template, [])
        if idle:
            return idle.pop()
        plugin, _, name = template.partition("/")
        if not _NAME.fullmatch(template) or plugin not in self._homes:
            raise LookupError(f"there is no template {template!r}")
        home = self._homes[plugin]
        return typst.Compiler(home / name, root=home, font_paths=self._fonts, package_path=PAPERS)


def _issued_at(contents: Mapping[str, Any]) -> datetime:
    issued_at = datetime.fromisoformat(contents["issued_at"])
    if issued_at.tzinfo is None:
        raise ValueError("issued_at has no zone, so nobody knows when the paper was issued")
    return issued_at


def _with_qr(value: Any) -> Any:
    """Return ``value`` with a QR code beside every address that is to be scanned."""
    if isinstance(value, dict):
        found = {key: _with_qr(item) for key, item in value.items()}
        return found | {"qr": str(qr_svg(found["url"]))} if "url" in found else found
    return [_with_qr(item) for item in value] if isinstance(value, list) else value


@lru_cache(maxsize=64)
def _svg(picture: bytes) -> str:
    """Return a raster picture inside an SVG, the only form of picture that travels as text."""
    with Image.open(BytesIO(picture)) as opened:
        width, height = opened.size
        mime = Image.MIME[opened.format or ""]
    data = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:{mime};base64,{data}"/></svg>'
    )


def _signs_of(fonts: Iterable[Path]) -> frozenset[int]:
    """Return the code points that every style of the font can show."""
    signs = [set(TTFont(file).getBestCmap()) for file in fonts]
    return frozenset(set.intersection(*signs))
