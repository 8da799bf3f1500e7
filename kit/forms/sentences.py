"""What a person is told when an answer cannot be taken: what is wrong, and what to do.

Every sentence is formatted with ``label``, the field's own. A label stands in a sentence
as it is; where it may itself be a question it is quoted. The last group is for whoever
makes a form in the browser.
"""

from core.api import Text

FILL_IN = Text("กรอก{label}", "Fill in “{label}”.")
CHOOSE = Text("เลือกคำตอบในข้อ “{label}”", "Choose an answer to “{label}”.")
CHOOSE_SOME = Text(
    "เลือกอย่างน้อย 1 รายการในข้อ “{label}”",
    "Tick at least one answer to “{label}”.",
)
TICK = Text(
    "ทำเครื่องหมายหน้าข้อความ “{label}” ก่อนไปต่อ",
    "Tick “{label}” before you go on.",
)
WHOLE_DAY = Text(
    "กรอก{label}ให้ครบทั้งวันที่ เดือน และปี พ.ศ.",
    "Give “{label}” with its day, month and year of the Buddhist Era.",
)
ATTACH = Text("แนบไฟล์ “{label}”", "Attach “{label}”.")
PLACE_PIN = Text(
    "วางหมุดบนแผนที่ หรือกรอกละติจูด, ลองจิจูด ในข้อ “{label}”",
    "Place the pin on the map, or type latitude, longitude for “{label}”.",
)
DRAW_PLOT = Text(
    "วาดแปลงบนแผนที่ หรือกรอกพิกัดของมุมทีละบรรทัด ในข้อ “{label}”",
    "Draw the land on the map, or type its corners, one a line, for “{label}”.",
)

ASKED_WHEN = Text(
    "กรอกเมื่อข้อ “{other}” ตอบว่า {answers}",
    "Only if “{other}” is {answers}.",
)
AT_MOST_CHARACTERS = Text("ไม่เกิน {longest:,} ตัวอักษร", "At most {longest:,} characters.")
AT_MOST_ANSWERS = Text("เลือกได้ไม่เกิน {most} รายการ", "Tick at most {most}.")
ANY_NUMBER = Text("เลือกได้มากกว่า 1 รายการ", "Tick all that apply.")
EXAMPLE = Text("เช่น {example}", "For example {example}")
FILE_LIMIT = Text(
    "{kinds} ไฟล์ละไม่เกิน {largest} เมกะไบต์", "{kinds}, at most {largest} megabytes each."
)
SENT = Text("ส่งแล้ว {megabytes:,.1f} เมกะไบต์", "Sent, {megabytes:,.1f} megabytes")
FILES_LIMIT = Text("{one} แนบได้ไม่เกิน {most} ไฟล์", "{one} At most {most} files.")

NOT_OFFERED = Text(
    "คำตอบในข้อ “{label}” ไม่อยู่ในรายการ เลือกใหม่จากรายการ",
    "The answer to “{label}” is not on the list. Choose one from the list.",
)
TOO_MANY = Text(
    "ข้อ “{label}” เลือกได้ไม่เกิน {most:,} รายการ ตอนนี้เลือก {count:,} รายการ",
    "“{label}” takes at most {most:,} answers and {count:,} are ticked.",
)

TOO_LONG = Text(
    "{label}ยาว {length:,} ตัวอักษร รับได้ไม่เกิน {longest:,} ย่อให้สั้นลง",
    "“{label}” has {length:,} characters, at most {longest:,} are taken. Shorten it.",
)
FAR_TOO_LONG = Text(
    "{label}ยาว {length:,} ตัวอักษร เกินกว่าที่รับได้ ตรวจแล้วกรอกใหม่ให้สั้นลง",
    "“{label}” has {length:,} characters, more than can be taken. Shorten it.",
)
TOO_SHORT = Text(
    "{label}ต้องมีอย่างน้อย {shortest:,} ตัวอักษร ตอนนี้มี {length:,} ตรวจแล้วกรอกให้ครบ",
    "“{label}” needs at least {shortest:,} characters and has {length:,}. Complete it.",
)
ONLY_DIGITS = Text(
    "กรอก{label}เป็นตัวเลขเท่านั้น เช่น 12345",
    "Fill in “{label}” in digits only, for example 12345.",
)
NO_EMAIL = Text(
    "{label}ต้องเป็นตัวอักษรอังกฤษ มี @ และชื่อเว็บ เช่น somchai@example.com",
    "“{label}” must be an e-mail address with an @, for example somchai@example.com.",
)

NO_NUMBER = Text(
    "กรอก{label}เป็นตัวเลข เช่น 1,250",
    "Give “{label}” in figures, for example 1,250.",
)
NOT_WHOLE = Text(
    "กรอก{label}เป็นจำนวนเต็ม ไม่มีจุดทศนิยม",
    "Give “{label}” as a whole number, without decimals.",
)
TOO_FINE = Text(
    "{label}มีทศนิยมได้ไม่เกิน {decimals} ตำแหน่ง",
    "“{label}” has at most {decimals} decimals.",
)
TOO_LITTLE = Text(
    "{label}ต้องไม่น้อยกว่า {limit} ตอนนี้เป็น {given} ตรวจอีกครั้ง",
    "“{label}” must be at least {limit}, it is {given}. Check it.",
)
TOO_MUCH = Text(
    "{label}ต้องไม่เกิน {limit} ตอนนี้เป็น {given} ตรวจอีกครั้ง",
    "“{label}” must be at most {limit}, it is {given}. Check it.",
)
TOO_EARLY = Text(
    "{label}ต้องไม่ก่อนวันที่ {limit} ตอนนี้เป็น {given} ตรวจอีกครั้ง",
    "“{label}” must not be before {limit}, it is {given}. Check it.",
)
TOO_LATE = Text(
    "{label}ต้องไม่หลังวันที่ {limit} ตอนนี้เป็น {given} ตรวจอีกครั้ง",
    "“{label}” must not be after {limit}, it is {given}. Check it.",
)

TOO_MANY_FILES = Text(
    "“{label}” แนบได้ไม่เกิน {most:,} ไฟล์ ตอนนี้มี {count:,} ไฟล์ เลือกไฟล์ที่จะลบออก",
    "“{label}” takes at most {most:,} files and has {count:,}. Remove some.",
)
LOST_FILE = Text(
    "ไม่พบไฟล์ที่แนบในข้อ “{label}” แนบไฟล์นั้นอีกครั้ง สิ่งอื่นที่กรอกไว้ยังอยู่",
    "A file of “{label}” was not found. Attach it again; all other answers are kept.",
)
NOT_PICTURE_OR_PDF = Text(
    "ไฟล์นี้ไม่ใช่รูปหรือ PDF ถ่ายรูปเอกสารแล้วแนบใหม่ได้เลย",
    "This file is neither a picture nor a PDF. Photograph the paper and attach that.",
)
NOT_PICTURE = Text(
    "ไฟล์นี้ไม่ใช่รูป ถ่ายรูปแล้วแนบใหม่ได้เลย",
    "This file is not a picture. Take a photograph and attach that.",
)
NOT_PDF = Text(
    "ไฟล์นี้ไม่ใช่ PDF บันทึกเป็น PDF แล้วแนบใหม่",
    "This file is not a PDF. Save it as a PDF and attach that.",
)
BIG_FILE = Text(
    "ไฟล์นี้ {megabytes:,} เมกะไบต์ รับได้ไม่เกิน {largest} ลองถ่ายใหม่หรือย่อขนาด",
    "This file has {megabytes:,} megabytes, at most {largest} are taken. "
    "Photograph it again or make it smaller.",
)

GIVE_ADDRESS = Text("กรอกที่อยู่ในข้อ “{label}”", "Give the address of “{label}”.")
HOUSE_NO = Text("กรอกบ้านเลขที่ เช่น 88/12", "Give the house number, for example 88/12.")
CHOOSE_SUBDISTRICT = Text(
    "เลือกตำบล อำเภอ จังหวัด จากรายการ",
    "Choose the sub-district, district and province from the list.",
)
TYPE_SUBDISTRICT = Text(
    "พิมพ์ชื่อตำบล อำเภอ หรือรหัสไปรษณีย์ เช่น หางดง 50230",
    "Type the name of the sub-district or district, or the postcode, for example Hang Dong 50230.",
)
NO_SUCH_SUBDISTRICT = Text(
    "ไม่พบตำบลที่ตรงกับ “{typed}” ตรวจตัวสะกด หรือพิมพ์เฉพาะชื่ออำเภอหรือรหัสไปรษณีย์",
    "No sub-district fits “{typed}”. Check the spelling, or type the district or postcode alone.",
)
SEVERAL_SUBDISTRICTS = Text(
    "พบ {count} แห่งที่ตรงกับ “{typed}” เลือกแห่งที่ถูกต้องจากรายการ",
    "{count} places fit “{typed}”. Choose the right one from the list.",
)
NOT_OWN = Text(
    "{label}ต้องอยู่ในเขตของหน่วยงานนี้ เลือกตำบลจากรายการ",
    "“{label}” must lie in the area of this office. Choose a sub-district from the list.",
)

NOT_AS_DESCRIBED = Text(
    "ค่าของ “{label}” ไม่ตรงกับ JSON Schema ของแบบฟอร์มนี้ ส่งใหม่ตามรูปแบบในนั้น",
    "The value of “{label}” is not what the JSON Schema of this form describes. "
    "Send it as the schema says.",
)
NOT_AN_OBJECT = Text(
    "คำตอบต้องเป็นวัตถุ JSON ที่มีชื่อช่องเป็นกุญแจ",
    "The answers must be a JSON object with the names of the fields as its keys.",
)
NOT_A_FIELD = Text(
    "แบบฟอร์มนี้ไม่มีช่องชื่อ “{name}” ตรวจชื่อช่องใน JSON Schema",
    "This form has no field “{name}”. See its JSON Schema for the names.",
)

CROSSED_LIMITS = Text(
    "“{label}”: ขอบเขตต่ำสุดต้องไม่เกินขอบเขตสูงสุด และอยู่ในช่วงที่ระบบรับได้",
    "“{label}”: the lower limit must not exceed the upper, both within what is taken.",
)
OUTSIDE = Text(
    "“{label}”: {what}ต้องอยู่ระหว่าง {least:,} ถึง {most:,}",
    "“{label}”: {what} must be from {least:,} to {most:,}.",
)
NO_KINDS = Text(
    "“{label}”: เลือกชนิดไฟล์อย่างน้อย 1 ชนิด",
    "“{label}”: choose at least one kind of file.",
)
BAD_CODE = Text(
    "“{label}”: รหัสตัวเลือก “{code}” ใช้ได้เฉพาะ a–z 0–9 ขีดกลาง และขีดล่าง",
    "“{label}”: the option code “{code}” may only have a–z, 0–9, - and _.",
)
SAME_CODE = Text(
    "“{label}”: รหัสตัวเลือก “{code}” ซ้ำกัน เปลี่ยนให้ต่างกัน",
    "“{label}”: the option code “{code}” is used twice. Make them different.",
)
UNNAMED_OPTION = Text(
    "“{label}”: ตัวเลือกทุกรายการต้องมีชื่อทั้งภาษาไทยและอังกฤษ",
    "“{label}”: every option needs its name in Thai and in English.",
)

FIELD_COUNT = Text(
    "แบบฟอร์มต้องมี 1 ถึง {most} ช่อง",
    "A form must have 1 to {most} fields.",
)
BAD_NAME = Text(
    "“{label}”: ชื่อช่อง “{name}” ต้องขึ้นต้นด้วย a–z มีเฉพาะ a–z 0–9 และขีดล่าง ไม่เกิน 40 ตัว",
    "“{label}”: the name “{name}” must begin with a–z and have only a–z, 0–9 and _, 40 at most.",
)
RESERVED_NAME = Text(
    "“{label}”: ชื่อช่อง “{name}” เป็นคำที่ระบบใช้เอง เปลี่ยนเป็นชื่ออื่น",
    "“{label}”: the name “{name}” is used by the system itself. Choose another.",
)
SAME_NAME = Text(
    "“{label}”: ชื่อช่อง “{name}” ซ้ำกับช่องก่อนหน้า เปลี่ยนให้ต่างกัน",
    "“{label}”: an earlier field has the name “{name}” too. Make them different.",
)
EMPTY_WORDS = Text(
    "ช่อง “{name}”: ข้อความทุกข้อความต้องมีทั้งภาษาไทยและอังกฤษ",
    "The field “{name}”: every text needs its Thai and its English.",
)
UNKNOWN_CONDITION = Text(
    "“{label}”: เงื่อนไขอ้างถึงช่อง “{name}” ซึ่งไม่ได้อยู่ก่อนหน้าช่องนี้",
    "“{label}”: its condition looks at “{name}”, which is not a field before it.",
)
OPEN_CONDITION = Text(
    "“{label}”: เงื่อนไขอ้างถึง “{other}” ซึ่งไม่ใช่ช่องให้เลือก",
    "“{label}”: its condition looks at “{other}”, which is no choice.",
)
NO_SUCH_PIN = Text(
    "“{label}”: ต้องอยู่รอบหมุดของช่อง “{name}” ซึ่งไม่ใช่ช่องปักหมุดที่อยู่ก่อนหน้า",
    "“{label}”: it must lie around the pin “{name}”, which is no pin before it.",
)
UNKNOWN_ANSWER = Text(
    "“{label}”: เงื่อนไขอ้างถึงคำตอบที่ “{other}” ไม่มีให้เลือก",
    "“{label}”: its condition looks at an answer that “{other}” does not offer.",
)
SPLIT_STEP = Text(
    "“{label}”: ช่องของขั้นตอนเดียวกันต้องอยู่ติดกัน",
    "“{label}”: the fields of one step must stand together.",
)
