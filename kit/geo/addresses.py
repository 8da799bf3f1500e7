"""An address in Thailand: its parts as forms ask for them, and the one line of an office."""

import re

import msgspec

from core.api import Language, Text
from kit.geo.subdistricts import subdistrict
from kit.thai import ascii_digits

# The longest text of a part; a sign on a house or a column of a register has no more room.
LONGEST = 100

_MOO = Text("หมู่ที่ {0}", "Moo {0}")
_SOI = Text("ซอย{0}", "Soi {0}")
_NUMBERED_SOI = Text("ซอย {0}", "Soi {0}")
_ROAD = Text("ถนน{0}", "{0} Road")
# What people type before the name although the label says it, or instead of it.
_SAID = {
    "moo": Text(r"(?:หมู่ที่|หมู่|ม\.)\s*", r"moo\s*"),
    "soi": Text(r"(?:ซอย|ซ\.)\s*", r"soi\s+"),
    "road": Text(r"(?:ถนน|ถ\.)\s*", r"thanon\s+"),
}
# A lane with this word before its name is not called ซอย.
_LANE = Text("ตรอก", "trok")

_CHOOSE = Text("เลือกตำบล อำเภอ จังหวัดจากรายการ", "Choose the sub-district, district and province.")
_NO_MOO = Text("กรอกหมู่ที่เป็นตัวเลข เช่น 5", "Give the moo as a number, for example 5.")
_NO_POSTCODE = Text(
    "รหัสไปรษณีย์ {typed} ไม่ตรงกับตำบลที่เลือก ซึ่งใช้ {right}",
    "The postcode {typed} does not fit the sub-district, which has {right}.",
)
_TOO_LONG = Text(f"ยาวเกิน {LONGEST} ตัวอักษร ย่อให้สั้นลง", f"At most {LONGEST} characters. Shorten it.")


class Address(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An address; every part is a text, "" where it has none.

    :param house_no: may have a slash, ``88/12``.
    :param moo: number of the village in the countryside.
    :param village: name of a village or building, written out.
    :param soi: name or number, without ซอย before it; a ตรอก keeps its word.
    :param road: name without ถนน before it.
    :param subdistrict: code of six digits.
    :param postcode: five digits.
    """

    house_no: str = ""
    moo: str = ""
    village: str = ""
    soi: str = ""
    road: str = ""
    subdistrict: str = ""
    postcode: str = ""

    @classmethod
    def read(cls, **typed: str) -> "Address":
        """Return the address that was typed, part by part, without checking it.

        Words that the label says already are taken off, digits become Arabic ones, and a
        missing postcode is the one that most of the sub-district has.
        """
        parts = {part: _cleaned(part, text) for part, text in typed.items()}
        place = subdistrict(parts.get("subdistrict", ""))
        if place and not parts.get("postcode"):
            parts["postcode"] = place.postcodes[0]
        return cls(**parts)

    def problems(self) -> dict[str, Text]:
        """Return a sentence for each part that is wrong, in the order of a form; {} for none.

        Which parts must be there is the form's to say, save for the sub-district.
        """
        found = {
            part: _TOO_LONG
            for part, text in msgspec.structs.asdict(self).items()
            if len(text) > LONGEST
        }
        if self.moo and not re.fullmatch(r"[1-9][0-9]?", self.moo):
            found["moo"] = _NO_MOO
        place = subdistrict(self.subdistrict)
        if place is None:
            found["subdistrict"] = _CHOOSE
        elif not self._may_have(place.postcodes):
            right = ", ".join(place.postcodes)
            found["postcode"] = _NO_POSTCODE.format(typed=self.postcode[:LONGEST], right=right)
        return found

    def one_line(self, language: Language) -> str:
        """Return it as an office writes it, from the house to the postcode.

        ``88/12 หมู่ที่ 5 ถนนเชียงใหม่–หางดง ตำบลแม่เหียะ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่ 50100``;
        in Bangkok แขวง and เขต, and no จังหวัด. Names that were typed stay as they were typed.
        """
        place = subdistrict(self.subdistrict)
        house = " ".join(filter(None, (self.house_no, _said(_MOO, self.moo, language))))
        soi = _said(_NUMBERED_SOI if self.soi[:1].isdecimal() else _SOI, self.soi, language)
        if self.soi.startswith(_LANE.th):
            soi = self.soi
        road = _said(_ROAD, self.road, language)
        where = place.full_name(language) if place else ""
        last = " ".join(filter(None, (where, self.postcode)))
        between = " " if language == "th" else ", "
        return between.join(filter(None, (house, self.village, soi, road, last)))

    def _may_have(self, postcodes: tuple[str, ...]) -> bool:
        """Return whether the postcode can be right: the lists lag behind the post's changes.

        Its first two digits are those of the province's post offices.
        """
        looks_right = re.fullmatch(r"[0-9]{5}", self.postcode) is not None
        return looks_right and any(self.postcode[:2] == one[:2] for one in postcodes)


def _cleaned(part: str, text: str) -> str:
    text = ascii_digits(" ".join(text.split()))
    if part in _SAID:
        words = _SAID[part]
        text = re.sub(f"^(?:{words.th}|{words.en})", "", text, flags=re.IGNORECASE)
    return text


def _said(form: Text, name: str, language: Language) -> str:
    return form.to(language).format(name) if name else ""
