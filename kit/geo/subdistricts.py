"""The sub-districts of Thailand: official codes, names in Thai and English, postcodes.

The rows are those of the Department of Provincial Administration, as the distribution
``geothai`` carries them: 2 digits for a province, 4 for a district, 6 for a sub-district.
They are read once in a process, at the first question. The data is GeoThai/data, CC BY 4.0,
from the Department and from Thailand Post: whoever shows the rows as a set names them.
"""

import geothai
import msgspec

from core.api import Language, Tenant, Text

BANGKOK = "10"

_LEVELS = Text("ตำบล{0} อำเภอ{1} จังหวัด{2}", "{0} Subdistrict, {1} District, {2}")
# Bangkok is no จังหวัด, and its parts have names of their own.
_LEVELS_IN_BANGKOK = Text("แขวง{0} เขต{1} {2}", "{0} Subdistrict, {1} District, {2}")
# Stands before the names of these districts in the rows, unlike อำเภอ before the others.
_KHET = Text("เขต", "khet")


class Subdistrict(msgspec.Struct, frozen=True):
    """A sub-district. Names are bare: without ตำบล, แขวง, อำเภอ, เขต or จังหวัด before them.

    :param code: six digits.
    :param postcodes: five digits each; the one that most of it has first, never empty.
    """

    code: str
    name: Text
    district: Text
    province: Text
    postcodes: tuple[str, ...]

    def full_name(self, language: Language) -> str:
        """Return it as it stands in an address: ``ตำบลแม่เหียะ อำเภอเมืองเชียงใหม่ …``."""
        levels = _LEVELS_IN_BANGKOK if self.code.startswith(BANGKOK) else _LEVELS
        return levels.to(language).format(
            self.name.to(language), self.district.to(language), self.province.to(language)
        )


def subdistrict(code: str) -> Subdistrict | None:
    """Return the sub-district of six digits; None where no such code is in use."""
    found = geothai.address(code)
    if found is None:
        return None
    return Subdistrict(
        code,
        Text(found.subdistrict.name_th, found.subdistrict.name_en),
        Text(found.district.name_th.removeprefix(_KHET.th), found.district.name_en),
        Text(found.province.name_th, found.province.name_en),
        found.subdistrict.postal_codes,
    )


def own_subdistricts(tenant: Tenant) -> tuple[Subdistrict, ...]:
    """Return those of a municipality, as its administrator has set them."""
    return tuple(one for code in tenant.subdistricts if (one := subdistrict(code)))


def subdistricts_of(district_code: str) -> list[Subdistrict]:
    """Return those of a district by its four digits, in the order of their codes."""
    codes = (one.code for one in geothai.subdistricts(district_code))
    return [found for code in codes if (found := subdistrict(code))]


def every_subdistrict() -> list[Subdistrict]:
    """Return all of the country, about 7,400, in the order of their codes."""
    return [
        one
        for province in geothai.provinces()
        for district in geothai.districts(province.code)
        for one in subdistricts_of(district.code)
    ]
