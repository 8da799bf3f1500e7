"""What cannot be true, or cannot be asked for so, by the field that says it.

A request is not taken while one of these stands: each sentence says what is wrong and what to
do. Whether a building may stand is no matter of this: that is for the rules and an officer.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from core.api import Text
from kit.law import Limits, bare, figure
from plugins.permits.rules.asked import OWN, SIDES, Asked, number_of
from plugins.permits.rules.people import PROFESSIONS, Profession, fits, named, plain_licence
from plugins.permits.rules.ways import SMALL

Problem = tuple[str, Text]

_TO_BUILD = Text(
    "ยื่นที่บริการ “ขออนุญาตก่อสร้าง ดัดแปลง หรือรื้อถอนอาคาร” สิ่งที่กรอกในหน้านี้ยังอยู่",
    "Use the service “Permit to build, alter or demolish”. What you filled in here is kept.",
)
_TOO_LARGE = Text(
    "อาคาร {area} ตร.ม. เกิน {most} ตร.ม. ของช่องทางเร่งด่วน {lead}",
    "{area} m² is over the {most} m² of the fast lane. {lead}",
)
_TOO_HIGH = Text(
    "อาคาร {storeys} ชั้น เกิน {highest} ชั้นของช่องทางเร่งด่วน {lead}",
    "{storeys} storeys are over the {highest} of the fast lane. {lead}",
)
_NO_HOUSE = Text(
    "ช่องทางเร่งด่วนใช้กับบ้านพักอาศัยเท่านั้น {lead}", "The fast lane is for houses alone. {lead}"
)
_NO_SUCH_PLAN = Text(
    "แบบมาตรฐานที่เลือกไม่มีหรือเลิกใช้แล้ว เลือกแบบอื่นจากรายการ หรือเลือกใช้แบบของท่านเอง",
    "The standard plan does not exist or was withdrawn. Choose another, or your own drawings.",
)
_PLAN_TO_BUILD = Text(
    "แบบมาตรฐานใช้กับการก่อสร้างใหม่ งานดัดแปลงหรือรื้อถอนให้เลือกใช้แบบของท่านเอง",
    "A standard plan is for building anew. To alter or demolish, choose your own drawings.",
)
_PLAN_OF_HOUSE = Text(
    "แบบมาตรฐานเป็นแบบบ้านพักอาศัย อาคารประเภทอื่นให้เลือกใช้แบบของท่านเอง",
    "The standard plans are of houses. For another building choose your own drawings.",
)
_NOT_AS_PLAN = Text(
    "แบบ {plan} คือ {right} แต่กรอก {given} แก้ตัวเลขให้ตรง หรือเลือกใช้แบบของท่านเอง",
    "Plan {plan} has {right}, but {given} was given. Correct it, or choose your own drawings.",
)
_LOW = Text(
    "อาคาร {storeys} ชั้น สูง {height} ม. เฉลี่ยชั้นละไม่ถึง {least} ม. ตรวจจำนวนชั้นและความสูงอีกครั้ง",
    "{storeys} storeys in {height} m is under {least} m each. Check the storeys and the height.",
)
_HIGH = Text(
    "อาคาร {storeys} ชั้น สูง {height} ม. เฉลี่ยชั้นละเกิน {most} ม. ตรวจจำนวนชั้นและความสูงอีกครั้ง",
    "{storeys} storeys in {height} m is over {most} m each. Check the storeys and the height.",
)
_NONE = Text("{what}ต้องมากกว่า 0 ตรวจตัวเลขอีกครั้ง", "Check the figure: {what} cannot be 0.")
_UNDER_FLOOR = Text(
    "พื้นที่รวมทุกชั้น {area} ตร.ม. น้อยกว่าพื้นที่ชั้นที่กว้างที่สุด {floor} ตร.ม. ตรวจทั้งสองตัวเลข",
    "All floors, {area} m², are less than the largest floor, {floor} m². Check both figures.",
)
_OVER_FLOORS = Text(
    "พื้นที่รวม {area} ตร.ม. มากกว่า {storeys} ชั้น ชั้นละ {floor} ตร.ม. ตรวจพื้นที่และจำนวนชั้น",
    "{area} m² is more than {storeys} floors of {floor} m². Check the area and the storeys.",
)
_LAND_SMALL = Text(
    "ที่ดิน {land} ตร.ม. เล็กกว่าพื้นที่ที่อาคารปกคลุม {covered} ตร.ม. ตรวจขนาดที่ดินตามโฉนดและพื้นที่ชั้นล่าง",
    "The land, {land} m², is smaller than what buildings cover, {covered} m². Check the size by "
    "the deed and the floors.",
)
_FAR = Text(
    "ระยะ {given} ม. มากเกินกว่าที่เป็นไปได้ กรอกเป็นเมตร ไม่เกิน {most}",
    "{given} m cannot be. Give metres, at most {most}.",
)
_ON_LINE = Text(
    "ผนัง{side}ห่างเขตที่ดิน 0 ม. แต่ตอบว่าไม่มีผนังชิดเขต แก้ระยะ หรือแก้คำตอบเรื่องผนังชิดเขต",
    "The {side} wall is 0 m from the boundary, but no wall was said to stand on it. Correct one.",
)
_NO_NUMBER = Text(
    "เลขใบอนุญาต “{given}” ไม่มีตัวเลข กรอกตามบัตร เช่น {example}",
    "The licence number “{given}” has no digits. Type it as on the card, e.g. {example}.",
)
_OTHER_TRADE = Text(
    "เลข {given} เป็นใบอนุญาตของ{is_of} แต่ช่องนี้เป็นของ{asked_of} ตรวจว่ากรอกสลับช่องหรือไม่",
    "{given} is the licence of {is_of}, but this is the field of {asked_of}. Were they swapped?",
)
_EXAMPLES: Mapping[Profession, Text] = {
    "engineer": Text("ภย.12345", "the letters on the card and 12345"),
    "architect": Text("ภ-สถ 1234", "the letters on the card and 1234"),
}
_SAME_PERSON = Text(
    "เลขประจำตัวของเจ้าของอาคารตรงกับของผู้ยื่น ถ้าท่านเป็นเจ้าของเอง ให้เลือกยื่นในฐานะเจ้าของอาคาร",
    "The owner's ID is the same as yours. If you are the owner, say that you file as the owner.",
)
_TWICE = Text(
    "เลขใบอนุญาตนี้กรอกไว้แล้วให้{name} ซึ่งเป็นคนละชื่อ ตรวจชื่อและเลขอีกครั้ง",
    "This licence was given for {name} already, who is somebody else. Check name and number.",
)
_OF_PLAN = ("area", "storeys", "height", "footprint")
_DISTANCES = ("road_width", "road_distance", "water_width", "water_distance", "fence_length")


def problems_of(
    service: str,
    answers: Mapping[str, Any],
    asked: Asked,
    limits: Limits,
) -> dict[str, Text]:
    """Return by field why a request cannot be filed; of several of one field the first."""
    problems: dict[str, Text] = {}
    for field, sentence in (
        *_of_plan(answers, asked),
        *(_of_way(asked, limits) if service == SMALL else ()),
        *_of_building(asked, limits),
        *_of_land(asked),
        *_of_distances(answers, asked, limits),
        *_of_people(answers, asked, limits),
    ):
        # What a plan says is not asked: whoever chose it has to choose another.
        from_plan = asked.plan is not None and field in _OF_PLAN
        given = field in answers or not from_plan
        problems.setdefault(field if given else "plan", sentence)
    return problems


def _of_plan(answers: Mapping[str, Any], asked: Asked) -> Iterator[Problem]:
    chosen = answers.get("plan")
    if chosen is None or chosen == OWN:
        return
    if asked.plan is None:
        yield "plan", _NO_SUCH_PLAN
        return
    if asked.work in ("alter", "demolish"):
        yield "plan", _PLAN_TO_BUILD
    if asked.use not in (None, "house"):
        yield "plan", _PLAN_OF_HOUSE
    rights = {
        "storeys": Decimal(asked.plan.storeys),
        "area": asked.area,
        "height": asked.height,
        "footprint": asked.footprint,
    }
    for name, right in rights.items():
        given = number_of(answers.get(name))
        if right is not None and given is not None and given != right:
            said = {"plan": asked.plan.title, "right": bare(right), "given": bare(given)}
            yield name, _NOT_AS_PLAN.format(**said)


def _of_way(asked: Asked, limits: Limits) -> Iterator[Problem]:
    most, highest = limits["fast.area"].number, limits["fast.storeys"].number
    if asked.use not in (None, "house"):
        yield "use", _NO_HOUSE.format(lead=_TO_BUILD)
    if asked.area is not None and asked.area > most:
        said = _TOO_LARGE.format(area=figure(asked.area), most=bare(most), lead=_TO_BUILD)
        yield "area", said
    if asked.storeys is not None and asked.storeys > highest:
        said = _TOO_HIGH.format(storeys=asked.storeys, highest=bare(highest), lead=_TO_BUILD)
        yield "storeys", said


def _of_building(asked: Asked, limits: Limits) -> Iterator[Problem]:
    storeys, height, area, floor = asked.storeys, asked.height, asked.area, asked.footprint
    for name, size, what in (
        ("area", area, Text("พื้นที่รวม", "the area")),
        ("footprint", floor, Text("พื้นที่ชั้นที่กว้างที่สุด", "the largest floor")),
    ):
        if size == 0:
            yield name, _NONE.format(what=what)
    if storeys and height is not None:
        least, most = limits["sane.storey.least"].number, limits["sane.storey.most"].number
        given = {"storeys": storeys, "height": figure(height)}
        if height < least * storeys:
            yield "height", _LOW.format(least=bare(least), **given)
        if height > most * storeys:
            yield "height", _HIGH.format(most=bare(most), **given)
    if area is not None and floor is not None:
        if area < floor:
            yield "area", _UNDER_FLOOR.format(area=figure(area), floor=figure(floor))
        if storeys and floor and area > floor * storeys:
            said = {"area": figure(area), "floor": figure(floor), "storeys": storeys}
            yield "area", _OVER_FLOORS.format(**said)


def _of_land(asked: Asked) -> Iterator[Problem]:
    if asked.land is None:
        return
    if asked.land == 0:
        yield "land_wah", _NONE.format(what=Text("ขนาดที่ดิน", "the size of the land"))
    elif asked.footprint is not None:
        covered = asked.footprint + (asked.others or 0)
        if asked.land < covered:
            said = _LAND_SMALL.format(land=figure(asked.land), covered=figure(covered))
            yield "land_wah", said


def _of_distances(answers: Mapping[str, Any], asked: Asked, limits: Limits) -> Iterator[Problem]:
    most = limits["sane.distance"].number
    for name in (*(f"{side}_distance" for side in SIDES), *_DISTANCES):
        given = number_of(answers.get(name))
        if given is not None and given > most:
            yield name, _FAR.format(given=bare(given), most=bare(most))
    for side, wall in asked.sides.items():
        if wall.distance == 0 and asked.neighbour == "no":
            yield f"{side}_distance", _ON_LINE.format(side=SIDES[side])


def _of_people(answers: Mapping[str, Any], asked: Asked, limits: Limits) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for field, profession, person in named(asked):
        number = plain_licence(person.licence)
        others = [one for one in PROFESSIONS if one != profession and fits(one, number, limits)]
        at = f"{field}_licence"
        if not any(character.isdigit() for character in number):
            example = _EXAMPLES[profession]
            yield at, _NO_NUMBER.format(given=person.licence, example=example)
        elif others and not fits(profession, number, limits):
            trades = {"is_of": PROFESSIONS[others[0]], "asked_of": PROFESSIONS[profession]}
            yield at, _OTHER_TRADE.format(given=person.licence, **trades)
        elif seen.setdefault(number, person.name) != person.name:
            yield at, _TWICE.format(name=seen[number])
    owner = answers.get("owner_id") if answers.get("filed_as") == "agent" else None
    if owner is not None and owner == answers.get("national_id"):
        yield "owner_id", _SAME_PERSON
