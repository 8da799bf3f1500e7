"""Years of the law, counted from a day."""

from datetime import date


def years_later(day: date, years: int) -> date:
    """Return the same day some years later; of the 29th of February the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
