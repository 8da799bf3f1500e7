"""Personal data where it has no business: found in messages, blackened in logs."""

import re

# A digit is any that Python reads as one: Thai digits too.
# What stands in an id of ours, between hyphens or beside Latin letters, is neither.
_CITIZEN_NUMBER = re.compile(
    r"(?<![A-Za-z\d-])\d[ -]?\d{4}[ -]?\d{5}[ -]?\d{2}[ -]?\d(?![A-Za-z\d-])"
)
_PHONE = re.compile(r"(?<![A-Za-z\d-])(?:[0๐]|\+66)(?:[ -]?\d){8,9}(?![A-Za-z\d-])")
_SHORTEST = 9  # signs of a telephone number
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")


def holds_citizen_number(text: str) -> bool:
    """Return whether a text holds a number whose last digit fits a Thai citizen's number."""
    return any(_fits(found[0]) for found in _CITIZEN_NUMBER.finditer(text))


def _fits(number: str) -> bool:
    digits = [int(sign) for sign in number if sign.isdecimal()]
    weighed = sum(digit * weight for digit, weight in zip(digits, range(13, 1, -1), strict=False))
    return (11 - weighed % 11) % 10 == digits[12]


def blacken(text: str) -> str:
    """Return a text without citizens' numbers, telephone numbers and addresses of e-mail."""
    # Every line of a log passes through here, and most words in it are short.
    if "@" in text:
        text = _EMAIL.sub("•••@•••", text)
    if len(text) < _SHORTEST:
        return text
    return _PHONE.sub("•••", _CITIZEN_NUMBER.sub("•••", text))


def shorten_address(address: str) -> str:
    """Return an address by which its owner knows it and others do not: ``so•••@example.com``."""
    name, at, domain = address.partition("@")
    return f"{name[:2]}•••{at}{domain}" if at else f"•••{address[-4:]}"
