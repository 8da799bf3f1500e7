"""Letters of e-mail as Unicode, also where a Thai mail program named them wrongly or not at all."""

import re

from kit.forms import clean, line

# Windows-874 holds all of TIS-620 and ISO-8859-11, and the quotation marks that people type.
_THAI_CODEC = "cp874"
_THAI = {
    f"{name}{joint}{number}"
    for name, number in (("tis", "620"), ("windows", "874"), ("iso-8859", "11"), ("cp", "874"))
    for joint in ("", "-")
} | {"x-windows-874", "iso8859-11"}
_LATIN = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252"}
_THAI_LETTER = re.compile("[\u0e01-\u0e5b]")
# A word of a Western language has one letter beyond ASCII at a time; Thai has nothing else.
_RUN = re.compile(rb"[\x80-\xff]{2}")


def decoded(data: bytes, charset: str | None = None) -> str:
    """Return the text that the bytes most likely are; it never fails.

    :param charset: what the mail says about itself. UTF-8 shows by itself and comes first;
        what is neither is taken for Thai of Windows, for the name is wrong more often than that.
    """
    name = (charset or "").strip("\"' ").lower().replace("_", "-")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if name in _LATIN and not _RUN.search(data):
            return data.decode("cp1252", "replace")
        return data.decode(_THAI_CODEC, "replace")
    # Three bytes of Thai can happen to be a letter of another script in UTF-8.
    if name in _THAI and not _THAI_LETTER.search(text):
        return data.decode(_THAI_CODEC, "replace")
    return text


def one_line(text: str) -> str:
    """Return text without what nobody sees, on one line."""
    return line(clean(text))
