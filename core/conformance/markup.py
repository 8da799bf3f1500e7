"""The markup of a page, as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)


@dataclass
class Element:
    """An element with what stands in it.

    :ivar inside: elements and texts, in their order.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    parent: "Element | None" = field(default=None, repr=False)
    inside: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all in it, as they stand."""
        yield self
        for one in self.inside:
            if isinstance(one, Element):
                yield from one.walk()

    def every(self, *tags: str) -> Iterator["Element"]:
        """Yield the elements in it of these kinds, as they stand."""
        return (one for one in self.walk() if one.tag in tags)

    def above(self) -> Iterator["Element"]:
        """Yield the elements around it, the innermost first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    @property
    def text(self) -> str:
        """The words in it."""
        parts = (one if isinstance(one, str) else one.text for one in self.inside)
        return " ".join(" ".join(parts).split())

    @property
    def said(self) -> str:
        """What is read aloud for it: its label, its words, or those of its pictures."""
        label = self.attributes.get("aria-label") or self.attributes.get("title") or ""
        words = label or self.attributes.get("aria-labelledby", "") or self.text
        pictures = (one.attributes.get("alt", "") for one in self.every("img"))
        return (words or " ".join(pictures)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self._at = Element("", {}, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(
            tag, {name: value or "" for name, value in attrs}, self.getpos()[0], self._at
        )
        self._at.inside.append(made)
        if tag not in _VOID:
            self._at = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for around in (self._at, *self._at.above()):
            if around.tag == tag and around.parent is not None:
                self._at = around.parent
                return

    def handle_data(self, data: str) -> None:
        self._at.inside.append(data)


def parse(text: str) -> Element:
    """Return what holds all elements of a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.root
