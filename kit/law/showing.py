"""How the numbers of law stand in sentences."""

from decimal import Decimal


def figure(number: Decimal) -> str:
    """Return metres or square metres with two decimals, as drawings give them."""
    return f"{number:,.2f}"


def bare(number: Decimal | int) -> str:
    """Return a figure without the noughts behind it."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
