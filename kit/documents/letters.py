"""Which letters the glyphs of a paper stand for, so that it can be searched, copied, read aloud.

The typesetter says of every glyph of a Thai syllable that it stands for the whole syllable, and
corrects itself by an ``/ActualText`` that Acrobat and Chrome heed, Firefox, Preview and most
programs that index do not. Here each glyph gets its own letter, as ISO 19005-2, 6.2.11.7 asks.
Glyphs are known by their outlines, which the typesetter copies from the font.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from pypdf import PdfReader

_ENTRY = re.compile(r"^<([0-9A-F]{4})> <([0-9A-F]{4,})>$", re.MULTILINE)
_ENTRIES = re.compile(r"[0-9]+ beginbfchar\n.*?endbfchar\n", re.DOTALL)
# As many entries as one list of a table may have.
_BLOCK = 100
Outline = bytes | tuple[tuple[int, int], ...]

_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s*([0-9]+)\s*%%EOF\s*$", re.DOTALL)


class Letters:
    """The letters behind the outlines of a font's styles."""

    def __init__(self, fonts: Iterable[Path]) -> None:
        self._letters: dict[Outline, str] = {}
        for path in fonts:
            for outline, letters in _letters_in(TTFont(path)):
                self._letters.setdefault(outline, letters)

    def put_right(self, pdf: bytes) -> bytes:
        """Return the file with the right letters, added at its end as an update."""
        trailer = _TRAILER.search(pdf)
        if trailer is None:
            raise ValueError("the typesetter's file does not end as it always did")
        out = bytearray(pdf)
        places = ""
        for number, table in self._tables(PdfReader(BytesIO(pdf))):
            places += f"{number} 1\n{len(out):010} 00000 n \n"
            out += f"{number} 0 obj\n<</Length {len(table)}>>\nstream\n".encode()
            out += table + b"\nendstream\nendobj\n"
        at = len(out)
        out += f"xref\n{places}trailer\n<<".encode() + trailer[1]
        out += f"/Prev {trailer[2].decode()}>>\nstartxref\n{at}\n%%EOF\n".encode()
        return bytes(out)

    def _tables(self, reader: PdfReader) -> Iterator[tuple[int, bytes]]:
        """Yield object number and new contents of the letter table of every font."""
        seen: set[int] = set()
        for page in reader.pages:
            resources: Any = page["/Resources"]
            for name in resources["/Font"]:
                font = resources["/Font"][name]
                number = font.raw_get("/ToUnicode").idnum
                if number not in seen:
                    seen.add(number)
                    yield number, self._table(font)

    def _table(self, font: Any) -> bytes:
        [inner] = font["/DescendantFonts"]
        subset = inner.get_object()["/FontDescriptor"]["/FontFile2"].get_data()
        outlines = _outlines(TTFont(BytesIO(subset), lazy=True))

        table: str = font["/ToUnicode"].get_data().decode("ascii")
        told = dict(_ENTRY.findall(table))
        for glyph, outline in enumerate(outlines):
            if letters := self._letters.get(outline):
                told[f"{glyph:04X}"] = letters.encode("utf-16-be").hex().upper()
        entries = [f"<{glyph}> <{letters}>\n" for glyph, letters in sorted(told.items())]
        blocks = [entries[at : at + _BLOCK] for at in range(0, len(entries), _BLOCK)]
        written = "".join(
            f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks
        )
        return (_ENTRIES.sub("", table).replace("endcmap", f"{written}endcmap")).encode("ascii")


def _letters_in(font: TTFont) -> Iterator[tuple[Outline, str]]:
    """Yield outline and letters of every glyph that has both."""
    letters = {name: chr(sign) for sign, name in font.getBestCmap().items()}
    for glyph, parts in _put_in_place_of(font):
        if all(part in letters for part in parts):
            letters.setdefault(glyph, "".join(letters[part] for part in parts))
    for name, outline in zip(font.getGlyphOrder(), _outlines(font), strict=True):
        if outline and name in letters:
            yield outline, letters[name]


def _put_in_place_of(font: TTFont) -> Iterator[tuple[str, list[str]]]:
    """Yield every other form and ligature with what it is put in the place of, in font's order."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            rule = getattr(table, "ExtSubTable", table)
            if rule.LookupType == 1:
                yield from ((form, [glyph]) for glyph, form in rule.mapping.items())
            elif rule.LookupType == 4:
                for first, ligatures in rule.ligatures.items():
                    for ligature in ligatures:
                        yield ligature.LigGlyph, [first, *ligature.Component]


def _outlines(font: TTFont) -> list[Outline]:
    """Return of every glyph what draws it: its bytes, or its points if it is made of others."""
    places, data, drawn = font["loca"], font.reader["glyf"], font["glyf"]
    outlines: list[Outline] = []
    for number, name in enumerate(font.getGlyphOrder()):
        outline = data[places[number] : places[number + 1]].rstrip(b"\0")
        made_of_others = outline.startswith(b"\xff\xff")
        outlines.append(tuple(drawn[name].getCoordinates(drawn)[0]) if made_of_others else outline)
    return outlines
