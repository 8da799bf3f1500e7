"""Households: who in them needs help first, and what makes two entries the same household.

Only how many people of a kind live in a house is kept, not who they are: that is enough to send
the right team, and a list of sick people by name is nobody's business (Personal Data Protection
Act B.E. 2562, s. 22 and 26).
"""

from collections.abc import Mapping

from core.api import Text

FLAGS: Mapping[str, Text] = {
    "elderly": Text("ผู้สูงอายุ", "Elderly"),
    "disabled": Text("ผู้พิการ", "With a disability"),
    "bedridden": Text("ผู้ป่วยติดเตียง", "Bedridden"),
    "infant": Text("เด็กเล็ก", "Small children"),
    "pregnant": Text("หญิงมีครรภ์", "Pregnant"),
    "powered": Text("ผู้ใช้อุปกรณ์ช่วยชีวิตที่ใช้ไฟฟ้า", "On life support that needs power"),
}
MOST_PEOPLE, HIGHEST_FLOOR_CM = 99, 2_000


def sameness(house_code: str, address: str, village: str, subdistrict: str) -> str:
    """Return what is equal for the same household entered twice: its house code, or its place."""
    if house_code:
        return house_code
    place = "/".join("".join(one.split()).casefold() for one in (address, village, subdistrict))
    return place[:400]


def flags_of(given: Mapping[str, int | None]) -> dict[str, int]:
    """Return by flag how many people have it, without those that nobody has."""
    return {flag: count for flag in FLAGS if (count := given.get(flag) or 0) > 0}
