"""The words of a mail in HTML.

Its time grows with its length alone, whatever it holds; the parser of the standard library
needs minutes for some mails of 100 KB.
"""

import re
from html import unescape

_LONGEST = 500_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)?[^<>]*>")
_SPACE = re.compile(r"\s+")
_UNSHOWN = {"script", "style", "title"}
_LINES = {"address", "blockquote", "br", "div", "h1", "h2", "h3", "h4", "hr", "li", "p", "tr"}


def words_of(html: str) -> str:
    """Return the words line by line; lines that are quoted begin with ``>``."""
    page = _without_comments(html[:_LONGEST])
    shown: list[str] = []
    unshown = quoted = at = 0
    for tag in _TAG.finditer(page):
        if not unshown:
            shown.append(_words(page[at : tag.start()]))
        at = tag.end()
        name = (tag[2] or "").lower()
        step = -1 if tag[1] else 1
        if name in _UNSHOWN:
            unshown = max(unshown + step, 0)
        if name == "blockquote":
            quoted = max(quoted + step, 0)
        if name in _LINES:
            shown.append("\n> " if quoted else "\n")
    shown.append("" if unshown else _words(page[at:]))
    return "\n".join(line.strip() for line in "".join(shown).split("\n"))


def _words(text: str) -> str:
    return _SPACE.sub(" ", unescape(text))


def _without_comments(html: str) -> str:
    first, *others = html.split("<!--")
    return first + "".join(one.partition("-->")[2] for one in others)
