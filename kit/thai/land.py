"""Areas of land as deeds write them: rai, ngan and square wa beside square metres.

1 square wa is 4 m², 1 ngan is 100 square wa (400 m²), and 1 rai is 4 ngan (1,600 m²).
"""

from core.api import Language, Text

SQUARE_WA = 4
# Tenths of a square wa, to which the Department of Lands writes areas.
_NGAN, _RAI = 1_000, 4_000

_UNITS = (Text("ไร่", "rai"), Text("งาน", "ngan"), Text("ตารางวา", "square wa"))
_SQUARE_METRES = Text("{area:,} ตารางเมตร ({land})", "{area:,} square metres ({land})")


def land_parts(square_metres: float) -> tuple[int, int, int]:
    """Return rai, ngan, and tenths of a square wa, rounded to such a tenth.

    :param square_metres: 0 or more.
    """
    tenths = round(square_metres / SQUARE_WA * 10)
    rai, rest = divmod(tenths, _RAI)
    return rai, *divmod(rest, _NGAN)


def land(square_metres: float, language: Language) -> str:
    """Return an area in the units of deeds: ``1 ไร่ 2 งาน 35.5 ตารางวา``, ``2 งาน``."""
    rai, ngan, tenths = land_parts(square_metres)
    figures = (f"{rai:,}", str(ngan), f"{tenths / 10:g}")
    said = [
        f"{figure} {unit.to(language)}"
        for figure, unit in zip(figures, _UNITS, strict=True)
        if figure != "0"
    ]
    return " ".join(said) or f"0 {_UNITS[-1].to(language)}"


def land_area(square_metres: float, language: Language) -> str:
    """Return an area in both units, whole square metres first.

    ``608 ตารางเมตร (1 งาน 52 ตารางวา)``.
    """
    words = land(square_metres, language)
    return _SQUARE_METRES.to(language).format(area=round(square_metres), land=words)
