"""A field of papers: scans and photographs, kept elsewhere and named here by their ids."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Literal

import msgspec

from core.api import Language, Text
from kit.forms import sentences
from kit.forms.field import JSON, Field, Texts
from kit.forms.place import Place

FILES_MOST = 20
MEGABYTES_MOST = 100
MEGABYTE = 1_000_000

FileKind = Literal["image", "pdf"]
_TYPES: dict[FileKind, str] = {"image": "image/*", "pdf": "application/pdf"}
_BOTH = frozenset({"image", "pdf"})
_KINDS = {
    _BOTH: Text("ไฟล์ภาพหรือ PDF", "A picture or a PDF"),
    frozenset({"image"}): Text("ไฟล์ภาพ", "A picture"),
    frozenset({"pdf"}): Text("ไฟล์ PDF", "A PDF"),
}
_OTHER_KIND = {
    _BOTH: sentences.NOT_PICTURE_OR_PDF,
    frozenset({"image"}): sentences.NOT_PICTURE,
    frozenset({"pdf"}): sentences.NOT_PDF,
}
_COUNT = Text("จำนวนไฟล์", "the number of files")
_MEGABYTES = Text("ขนาดไฟล์เป็นเมกะไบต์", "the megabytes of a file")
_ID = re.compile("[0-9A-Za-z-]{1,40}")


class SentFile(msgspec.Struct, frozen=True):
    """What a page says of a file that was sent before.

    :param name: as its owner named it.
    :param size: bytes.
    """

    name: str
    size: int

    @property
    def words(self) -> Text:
        """That it was sent, and how large it is."""
        return sentences.SENT.format(megabytes=max(self.size / MEGABYTE, 0.1))


class File(Field, frozen=True, kw_only=True, tag="file"):
    """Papers that go with a form, stored as the list of their ids.

    A page posts under ``name`` the ids of what was sent before, as texts, and the new files;
    under ``name.drop`` the ids to leave out. Who serves the page stores the new files, after
    asking :meth:`refusal`, and adds their ids to ``name`` before the form is read; it also
    refuses the ids of other people's files, which a form cannot know.

    :param most: how many files.
    :param kinds: what they may be.
    :param largest_mb: megabytes (millions of bytes) of one file.
    """

    most: int = 1
    kinds: tuple[FileKind, ...] = ("image", "pdf")
    largest_mb: int = 20

    shape: ClassVar[Any] = list[str]
    asks: ClassVar[Text] = sentences.ATTACH

    @property
    def media_types(self) -> tuple[str, ...]:
        """What a browser shall offer, e.g. ``image/*``."""
        return tuple(_TYPES[kind] for kind in self.kinds)

    def refusal(self, media_type: str, size: int) -> Text | None:
        """Return why a file cannot be taken, None if it can.

        :param media_type: found in the file itself, not what the browser said.
        :param size: bytes.
        """
        if not any(media_type.startswith(one.rstrip("*")) for one in self.media_types):
            return _OTHER_KIND.get(frozenset(self.kinds), _OTHER_KIND[_BOTH])
        if size > self.largest_mb * MEGABYTE:
            # Rounded up: 20.1 is more than 20, and must not read as 20.
            return sentences.BIG_FILE.format(
                megabytes=-(-size // MEGABYTE), largest=self.largest_mb
            )
        return None

    def hint(self, place: Place) -> Text | None:
        """Return which files are taken, how large and how many."""
        kinds = _KINDS.get(frozenset(self.kinds), _KINDS[_BOTH])
        one = sentences.FILE_LIMIT.format(kinds=kinds, largest=self.largest_mb)
        if self.most == 1:
            return one
        return sentences.FILES_LIMIT.format(one=one, most=self.most)

    def typed(self, posted: Texts) -> dict[str, list[str]]:
        """Return the ids that were posted, without those to be left out."""
        drop = set(posted.get(f"{self.name}.drop", ()))
        ids = super().typed(posted).get(self.name, [])
        kept = [one for one in dict.fromkeys(ids) if one and one not in drop]
        return {self.name: kept} if kept else {}

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the ids in the order in which they were posted."""
        ids = typed[self.name]
        if not all(_ID.fullmatch(one) for one in ids):
            raise self.refuse(sentences.LOST_FILE)
        if len(ids) > self.most:
            raise self.refuse(sentences.TOO_MANY_FILES, count=len(ids), most=self.most)
        return list(ids)

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return the ids."""
        return {self.name: list(value)}

    def schema(self) -> dict[str, JSON]:
        """Return a list of different ids."""
        return {
            "type": "array",
            "items": {"type": "string", "pattern": f"^{_ID.pattern}$"},
            "minItems": 1,
            "maxItems": self.most,
            "uniqueItems": True,
        }

    def show(self, value: JSON, language: Language) -> str:
        """Return how many files there are; their names are known where they are kept."""
        count = len(value)
        return Text(f"{count} ไฟล์", f"{count} file{'s' * (count != 1)}").to(language)

    def hide(self, value: JSON, language: Language) -> str:
        """Return how many there are, which tells nobody what is in them."""
        return self.show(value, language)

    def faults(self) -> Iterator[Text]:
        """Yield the limits that cannot be kept."""
        yield from self.outside(_COUNT, self.most, 1, FILES_MOST)
        yield from self.outside(_MEGABYTES, self.largest_mb, 1, MEGABYTES_MOST)
        if not self.kinds:
            yield self.says(sentences.NO_KINDS)
