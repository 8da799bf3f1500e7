from kit.forms import JSON, Answer, Form, describe


def test_answers_are_said_in_the_words_of_the_form(form: Form, values: dict[str, JSON]) -> None:
    said = {one.name: one.text for one in describe(form, values, "th", masked=False)}

    assert list(said) == [field.name for field in form if field.name in values]
    assert said == {
        "reason": "เกิดอาชญากรรม",
        "seen": "รถยนต์, คน",
        "plate": "กข 1234",
        "road": "หน้าตลาดสด",
        "deed": "0123",
        "story": "บรรทัดแรก\n\nบรรทัดสอง",
        "on": "1 พฤศจิกายน 2569",
        "area": "149.50 ตารางเมตร",
        "people": "1,200",
        "worth": "1,250.25 บาท",
        "bank": "ธนาคาร 7",
        "spot": "18.74120, 98.95000",
        "land": "ประมาณ 1,868 ตารางเมตร (1 ไร่ 66.9 ตารางวา) รอบแปลง 173 เมตร "
        "ด้านยาว 44, 42, 44, 42 เมตร มุม 18.74100, 98.94980; 18.74140, 98.94980; "
        "18.74140, 98.95020; 18.74100, 98.95020",
        "citizen": "1-2345-45678-78-1",
        "company": "0-99-4-000-61772-1",
        "phone": "08-1234-5678",
        "mail": "Somchai@example.com",
        "home": "88/12 หมู่ที่ 5 ถนนเชียงใหม่–หางดง ตำบลแม่เหียะ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่ 50100",
        "papers": "2 ไฟล์",
        "news": "ไม่",
        "why_not": "มีแล้ว",
        "agree": "ใช่",
    }


def test_answers_are_said_in_english(form: Form, values: dict[str, JSON]) -> None:
    said = {one.name: one for one in describe(form, values, "en", masked=False)}

    assert said["on"] == Answer("Day", "1 November 2026 (B.E. 2569)", "on")
    assert said["worth"].text == "1,250.25 baht"
    assert said["agree"].text == "Yes"


def test_personal_answers_are_masked_unless_told(form: Form, values: dict[str, JSON]) -> None:
    masked = describe(form, values, "en")
    changed = {
        one.name
        for one, whole in zip(masked, describe(form, values, "en", masked=False), strict=True)
        if one != whole
    }

    assert changed == {"citizen", "phone", "mail", "home"}
    said = {one.name: one.text for one in masked}
    assert said["mail"] == "S•••••@example.com"
    assert "88/12" not in said["home"]


def test_an_answer_that_is_no_longer_offered_is_shown_as_it_was(form: Form) -> None:
    [answer] = describe(form, {"reason": "theft"}, "th")

    assert answer.text == "theft"
