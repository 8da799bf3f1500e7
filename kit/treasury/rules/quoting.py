"""How the number of a receipt is written: by book and number, as in a book of paper."""

IN_A_BOOK = 100


def quote(year: int, number: int) -> str:
    """Return a receipt's number as it is printed: book and number, ``3/0215/2570``."""
    book = (number - 1) // IN_A_BOOK + 1
    return f"{book}/{number:04}/{year}"
