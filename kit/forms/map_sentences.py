"""What is said of answers on a map: what a search found, and what is wrong with a piece of land.

As in :mod:`kit.forms.sentences`, every sentence says what to do.
"""

from core.api import Text

FOUND_ONE = Text(
    "พบ {name} ที่ {at} {next}",
    "{name} is at {at}. {next}",
)
MOVE_PIN = Text(
    "วางหมุดไว้ตรงนั้นแล้วแต่ยังไม่ได้เลื่อน แก้พิกัดให้ตรงจุดของท่าน แล้วกดอีกครั้ง",
    "The pin was put there and not moved yet. Correct the coordinates to your place, and go on.",
)
DRAW_THERE = Text(
    "แผนที่อยู่ตรงนั้นแล้ว กรอกพิกัดของมุมแปลง บรรทัดละมุม",
    "The map is there now. Give the corners of the land, one a line.",
)
FOUND_SOME = Text(
    "พบ {count} แห่งที่ตรงกับ “{typed}” คือ {names} พิมพ์ชื่อให้ครบ",
    "{count} places fit “{typed}”: {names}. Type the whole name.",
)
FOUND_ELSEWHERE = Text(
    "{name} อยู่นอกเขตของหน่วยงานนี้ พิมพ์ชื่อสถานที่ในเขต หรือพิกัดจากแอปแผนที่",
    "{name} is not in the area of this office. Type a place that is, or coordinates of a map app.",
)
FOUND_NONE = Text(
    "ไม่พบ “{typed}” บนแผนที่ของหน่วยงานนี้ ตรวจตัวสะกด หรือวางพิกัดหรือลิงก์จากแอปแผนที่แทน",
    "“{typed}” is not on the map of this office. Check the spelling, or paste coordinates or a "
    "link of a map app instead.",
)

CORNER = Text("มุมที่ {number} ", "Corner {number}")
ON_LINE = Text("บรรทัดที่ {number}: {why}", "Line {number}: {why}")
FEW_CORNERS = Text(
    "แปลงต้องมีอย่างน้อย {least} มุม ตอนนี้มี {count} มุม เพิ่มมุมให้ครบรอบแปลง",
    "Land has at least {least} corners and this has {count}. Add the others.",
)
MANY_CORNERS = Text(
    "แปลงมีได้ไม่เกิน {most} มุม ตอนนี้มี {count} มุม ลบมุมที่อยู่บนแนวตรงออก",
    "Land has at most {most} corners and this has {count}. Remove those on a straight line.",
)
SAME_CORNER = Text(
    "มุมที่ {first} กับมุมที่ {second} อยู่ที่เดียวกัน ลบออกมุมหนึ่ง หรือแก้พิกัด",
    "Corners {first} and {second} are the same place. Remove one, or correct it.",
)
CROSSING = Text(
    "ด้านที่ {first} (มุม {from_first}–{to_first}) กับด้านที่ {second} (มุม {from_second}–{to_second}) "
    "ตัดหรือทับกัน เรียงมุมตามลำดับรอบแปลง",
    "Side {first} (corners {from_first}–{to_first}) and side {second} (corners "
    "{from_second}–{to_second}) cross or touch. Put the corners in their order around the land.",
)
SMALL_PLOT = Text(
    "แปลงที่วาดมีพื้นที่ {area} ต้องไม่น้อยกว่า {limit} ตรวจมุมอีกครั้ง",
    "The land that was drawn has {area}, it must have at least {limit}. Check the corners.",
)
LARGE_PLOT = Text(
    "แปลงที่วาดมีพื้นที่ {area} ต้องไม่เกิน {limit} ตรวจมุมอีกครั้ง",
    "The land that was drawn has {area}, it must have at most {limit}. Check the corners.",
)
PIN_OUTSIDE_PLOT = Text(
    "หมุด {pin} อยู่นอกแปลงที่วาดประมาณ {far} แก้มุมของแปลง หรือเลื่อนหมุดเข้ามาในแปลง",
    "The pin, {pin}, is about {far} outside the land that was drawn. Correct the corners, or move "
    "the pin inside.",
)
ABOUT_PLOT = Text(
    "ประมาณ {area} รอบแปลง {line:,} เมตร ด้านยาว {sides} เมตร มุม {corners}",
    "About {area}, {line:,} metres around, sides of {sides} metres, corners {corners}",
)
