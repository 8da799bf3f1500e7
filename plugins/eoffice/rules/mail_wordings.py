"""How people and programs word what they answer, in Thai and in English, digits in ASCII."""

import re

_WORDS = re.IGNORECASE

# Programs, in the subject or in the first lines.
FAILED = re.compile(
    r"undeliver|returned (mail|to sender)|failure notice|(delivery|mail|message)\b.{0,40}\bfail"
    r"|(could|can) ?not be delivered|delivery status notification \(failure\)"
    r"|ส่งไม่(สำเร็จ|ถึง|ได้)|ไม่สามารถ(นำ|จัด)?ส่ง|ถูกตีกลับ",
    _WORDS,
)
DELAYED = re.compile(r"delay|warning|will (keep|continue)|not yet been delivered|ล่าช้า", _WORDS)
AWAY = re.compile(
    r"^(automatic reply|auto(-| )?reply|auto:|out of (the )?office|(การ)?ตอบกลับอัตโนมัติ)", _WORDS
)

# People. A number counts only behind a word for the number of a register of what is received:
# behind the word for a letter it is the sender's own.
NUMBERED = re.compile(
    r"(?:เลข(?:ที่)?(?:ทะเบียน)?(?:หนังสือ)?(?:ที่)?รับ(?:หนังสือ|เข้า)?|ทะเบียนรับ(?:หนังสือ)?|(?:ลง)?รับที่|ลงรับ"
    r"|receiv(?:e|ed|ing) (?:no|number))"
    r"(?:\s|[.:=()\-]|เลข|ที่|คือ|เป็น|ของเรา|แล้ว)*"
    r"(?P<number>[0-9]{1,7}(?:\s?/\s?(?:2[56][0-9]{2}|[6-9][0-9]))?)(?![0-9/.,-]*[0-9])",
    _WORDS,
)
# Words after which a number that was not read may be hidden: a person looks.
MENTIONED = re.compile(r"เลข(?:ที่|ทะเบียน|หนังสือ)*รับ|ทะเบียนรับ|รับที่|receive (?:no|number)", _WORDS)
RECEIVED = re.compile(
    r"(?:ได้รับ|รับทราบ|ตอบรับ|ลงรับ|รับ(?:หนังสือ|เรื่อง|เอกสาร|ไว้|เรียบร้อย)?แล้ว|รับหนังสือ|\breceived\b|\backnowledged?\b)",
    _WORDS,
)
# Whatever takes back, asks or adds a condition leaves the meaning to a person.
UNSURE = re.compile(
    r"ไม่|มิได้|มิใช่|(?<!รับ)ผิด|คืน|ตีกลับ|ปฏิเสธ|แก้ไข|ซ้ำ|อีกครั้ง|(?<!เชียง)ใหม่|หรือยัง|ขอให้|กรุณา|รบกวน|โปรด|จะ(?:ลง|ตอบ|แจ้ง|ดำเนิน)"
    r"|\?|\bnot\b|n't\b|\bplease\b|\bwrong\b|\bagain\b|\bwill\b",
    _WORDS,
)
# Polite ends of an official sentence; nothing is asked by them.
POLITE = re.compile(
    r"(?:จึง)?(?:เรียน|แจ้ง)*มาเพื่อโปรด(?:รับ)?ทราบ|(?:เพื่อ)?โปรด(?:รับ)?ทราบ"
    r"|for your (?:kind )?information"
)
RECEIVED_ON = re.compile(
    r"^[\s,.]*(?:เมื่อ|ลง)?(?:วันที่)?\s*(?P<day>[0-9]{1,2})(?:\s+|\s*[/.-]\s*)"
    r"(?P<month>[ก-๛.]{2,12}|[0-9]{1,2})(?:\s+|\s*[/.-]\s*)(?:พ\.ศ\.\s*)?(?P<year>[0-9]{4})\b"
)
# Where a mail program begins to quote, other than by signs before each line.
QUOTES = re.compile(
    r"^(?:-{2,}\s*(?:original message|forwarded message|ข้อความ(?:ต้นฉบับ|ที่ส่งต่อ|เดิม)).*"
    r"|_{10,}|(?:from|จาก)\s*:.*|-- ?)$",
    _WORDS,
)
ATTRIBUTES = re.compile(
    r"(?:^on\b.{5,200}\bwrote|^เมื่อ.{5,200}เขียน(?:ว่า)?|^ใน.{5,200}เขียน(?:ว่า)?)\s*:\s*$", _WORDS
)

# A letter of another agency, in its subject or its first lines.
LETTER_NUMBER = re.compile(
    r"(?:หนังสือ|(?:^|[\s\[(])(?:ด่วน\S*\s+)?)ที่\s*:?\s*(?P<number>[ก-ฮ]{1,4}\.?\s?[0-9][0-9.]{0,15}\s?/\s?(?:ว\.?\s?)?[0-9]{1,7})",
    re.MULTILINE,
)
DATED_ON = re.compile(
    r"(?:ลงวันที่|ลว\.)\s*:?\s*(?P<day>[0-9]{1,2})\s+(?P<month>[ก-๛.]{2,12})\s+(?:พ\.ศ\.\s*)?(?P<year>[0-9]{4})"
)
