"""How typed text is cleaned before anything looks at it.

The set of characters is written out, instead of asked of the Unicode database, so that
the JSON Schema of a form can say the same in its patterns.
"""

import re

# Controls (all but tab and line feed), soft hyphen, zero-width and bidirectional marks,
# annotations, lone surrogates, private use, tags: nobody sees them, a paper prints boxes
# or changes the order of its letters, and NUL cannot be stored in PostgreSQL.
HIDDEN = (
    "\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f"
    "\\u2028-\\u202e\\u2060-\\u206f\\ud800-\\udfff\\ue000-\\uf8ff\\ufeff\\ufff0-\\ufffb"
)
WORD = f"[^\\s{HIDDEN}]+"
LINE = f"{WORD}( {WORD})*"
LINES = f"{LINE}(\\n\\n?{LINE})*"

_HIDDEN = re.compile(f"[{HIDDEN}]")
_GAP = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Return ``text`` with one kind of line end and without characters that nobody sees."""
    return _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """Return clean ``text`` as one line, its words one space apart."""
    return " ".join(text.split())


def lines(text: str) -> str:
    """Return clean ``text`` line by line, with at most one empty line in a row."""
    kept = "\n".join(line(part) for part in text.split("\n"))
    return _GAP.sub("\n\n", kept).strip("\n")
