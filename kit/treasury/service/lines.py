"""What one thing that is owed or paid is called."""

from core.api import Language, Text
from kit.thai import month_year
from kit.treasury.codes.references import parse_period
from kit.treasury.refusals import Malformed

_OF_A_PERIOD = Text("{title} งวด{period}", "{title}, {period}")


def said_line(title: str, period: str, language: Language) -> str:
    """Return the title with its period in words.

    :param period: ``YYYYMM`` of the Buddhist Era; anything else is left out.
    """
    try:
        month = month_year(parse_period(period), language)
    except Malformed:
        return title
    return _OF_A_PERIOD.to(language).format(title=title, period=month)
