"""Thai and Arabic digits: people type both, rows keep Arabic ones, papers show Thai ones."""

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)
_TO_THAI = str.maketrans(_ARABIC, _THAI)


def ascii_digits(text: str) -> str:
    """Return ``text`` with every Thai digit as an Arabic one; the rest stays."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """Return ``text`` with every Arabic digit as a Thai one; the rest stays."""
    return text.translate(_TO_THAI)
