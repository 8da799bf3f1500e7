"""A first list of the days on which offices close, for people to correct.

The cabinet adds days at short notice, and the Buddhist days of coming years are estimates: an
office keeps its own table, and this list only fills it once.
"""

from datetime import date

import holidays

from core.api import Language, Text

# Holidays to the library, but Children's Day is a Saturday and Labour Day is for private
# employers: government offices are open on it and on the day in lieu of it.
_OFFICES_OPEN = (
    Text("วันเด็กแห่งชาติ", "National Children's Day"),
    Text("วันแรงงานแห่งชาติ", "National Labor Day"),
)
_LIBRARY_LANGUAGES: dict[Language, str] = {"th": "th", "en": "en_US"}
_BETWEEN_NAMES = "; "


def seed_holidays(year: int) -> list[tuple[date, Text]]:
    """Return the days of a year on which government offices close, earliest first.

    A day with two reasons has both in its name.

    :param year: of the Common Era, e.g. 2027.
    """
    thai, english = _closed(year, "th"), _closed(year, "en")
    return [(day, Text(thai[day], english[day])) for day in sorted(thai)]


def _closed(year: int, language: Language) -> dict[date, str]:
    open_after_all = [name.to(language) for name in _OFFICES_OPEN]
    found = holidays.country_holidays(
        "TH", years=year, categories=("public", "government"), language=_LIBRARY_LANGUAGES[language]
    )
    names = {
        day: [
            name
            for name in found.get_list(day)
            if not any(other in name for other in open_after_all)
        ]
        for day in found
    }
    return {day: _BETWEEN_NAMES.join(left) for day, left in names.items() if left}
