import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from pypdf import PdfReader

from core.context import Context
from core.db import transaction
from core.identity import accounts
from kit.casework.tables import Attachment, Case, Moment
from kit.thai import thai_digits
from tests.today import year

PHOTO = b"".join(
    bytes.fromhex(part)
    for part in (
        "89504e470d0a1a0a0000000d494844520000000100000001080200000090",
        "7753de0000000c49444154789c63f8cfc0000003010100c9fe92ef000000",
        "0049454e44ae426082",
    )
)
ID = "1-2345-45678-78-1"
ERRAND = {
    "counter-service": "01",
    "national_id": ID,
    "name": "นายคำปัน ใจยา",
    "phone": "081-234-5678",
    "counter-subject": "ขอให้ตัดกิ่งไม้พาดสายไฟหน้าบ้าน กลัวหักช่วงลมแรง",
}


async def file(client: httpx.AsyncClient, files: Any = None, **more: str) -> httpx.Response:
    key = {"idempotency_key": str(uuid4())}
    return await client.post("/desk/counter", data=key | ERRAND | more, files=files)


async def cases(ctx: Context) -> Sequence[Any]:
    async with transaction(ctx):
        rows: Sequence[Any] = (
            await Case.select().where(Case.of(ctx)).order_by(Case.number).output(load_json=True)
        )
        return rows


def filed_case(answer: httpx.Response) -> UUID:
    assert answer.status_code == 303, answer.text[-3000:]
    return UUID(answer.headers["location"].rpartition("/")[2])


async def test_a_number_an_id_and_one_sentence_are_a_case(enter: Any, now: Context) -> None:
    clerk = await enter("clerk")
    answer = await file(clerk)

    [case] = await cases(now)
    assert filed_case(answer) == case["id"]
    assert case["service"] == "oss.general"
    assert case["channel"] == "counter"
    assert case["filed_by"] is not None
    assert case["applicant_name"] == "นายคำปัน ใจยา"
    assert case["phone"] == "+66812345678"
    assert case["subject"] == ERRAND["counter-subject"]
    assert case["answers"]["details"] == ERRAND["counter-subject"]
    slip = await clerk.get(answer.headers["location"])
    assert f"1/{year()}" in slip.text
    assert f"/t/{case['track']}" in slip.text


async def test_what_was_seen_and_scanned_is_with_the_case(enter: Any, now: Context) -> None:
    clerk = await enter("clerk")
    photos = [("counter-scan", (f"{n}.png", PHOTO, "image/png")) for n in range(2)]
    case = filed_case(await file(clerk, photos, **{"counter-seen": "id-card"}))

    async with transaction(now):
        kept = await Attachment.select().where(Attachment.of(now))
        moment = await Moment.select().where(Moment.of(now)).first().output(load_json=True)
    assert [(row["case_id"], row["document"]) for row in kept] == [(case, "photo")] * 2
    assert [one["en"] for one in moment["detail"]["seen"]] == ["National ID card"]
    page = await clerk.get(f"/desk/counter/cases/{case}")
    assert "บัตรประจำตัวประชาชน (ดูตัวจริง)" in page.text
    assert "ไฟล์แนบ 2 ไฟล์" in page.text


async def test_the_slip_is_a_paper_of_80_millimetres(enter: Any, tmp_path: Any) -> None:
    clerk = await enter("clerk")
    case = filed_case(await file(clerk, **{"counter-seen": "id-card"}))
    answer = await clerk.get(f"/desk/counter/cases/{case}/slip")

    assert answer.headers["content-type"] == "application/pdf"
    path = tmp_path / "slip.pdf"
    path.write_bytes(answer.content)
    [page] = PdfReader(path).pages
    assert round(float(page.mediabox.width) / 72 * 25.4) == 80
    assert thai_digits(f"1/{year()}") in page.extract_text()


async def test_the_same_key_is_the_same_case_and_another_body_is_told(
    enter: Any, now: Context
) -> None:
    clerk = await enter("clerk")
    key = str(uuid4())
    scan = {"counter-scan": ("a.png", PHOTO, "image/png")}
    first = await file(clerk, scan, idempotency_key=key)
    again = await file(clerk, scan, idempotency_key=key)
    other = await file(clerk, scan, idempotency_key=key, name="นางสาวอื่น")

    assert filed_case(first) == filed_case(again)
    assert other.status_code == 409
    assert len(await cases(now)) == 1
    async with transaction(now):
        assert await Attachment.count().where(Attachment.of(now)) == 1


async def test_what_is_wrong_comes_back_as_it_was_typed(enter: Any, now: Context) -> None:
    clerk = await enter("clerk")
    answer = await file(
        clerk, **{"national_id": "1234567890123", "phone": "12", "counter-seen": "id-card"}
    )

    assert answer.status_code == 422
    for control in ("national_id", "phone"):
        assert f'href="#{control}"' in answer.text
    assert 'value="นายคำปัน ใจยา"' in answer.text
    assert ERRAND["counter-subject"] in answer.text
    assert re.search(r'value="id-card" checked', answer.text)
    assert await cases(now) == []


@pytest.mark.parametrize("typed", ["", "99", "zz", "แจ้ง"])
async def test_a_service_that_is_not_one_is_refused_with_what_to_type(
    enter: Any, now: Context, typed: str
) -> None:
    clerk = await enter("clerk")
    answer = await file(clerk, **{"counter-service": typed})

    assert answer.status_code == 422
    assert 'href="#counter-service"' in answer.text
    assert ERRAND["counter-subject"] in answer.text
    assert await cases(now) == []


async def test_a_file_that_lies_is_refused_and_nothing_is_kept(enter: Any, now: Context) -> None:
    clerk = await enter("clerk")
    files = [
        ("counter-scan", ("a.png", PHOTO, "image/png")),
        ("counter-scan", ("b.png", b"MZ\x90\x00 no picture", "image/png")),
    ]
    answer = await file(clerk, files)

    assert answer.status_code == 422
    assert 'href="#counter-scan"' in answer.text
    assert await cases(now) == []
    async with transaction(now):
        assert await Attachment.count().where(Attachment.of(now)) == 0


async def test_the_worker_of_the_device_is_answered_in_json(enter: Any, now: Context) -> None:
    clerk = await enter("clerk")
    headers = {"Accept": "application/json", "Idempotency-Key": str(uuid4())}
    wrong = await clerk.post("/desk/counter", data=ERRAND | {"phone": "12"}, headers=headers)
    right = await clerk.post("/desk/counter", data=ERRAND, headers=headers)

    assert (wrong.status_code, list(wrong.json()["problems"])) == (422, ["phone"])
    [case] = await cases(now)
    assert right.json() == {
        "location": f"/desk/counter/cases/{case['id']}",
        "words": f"เลขรับ 1/{year()}",
    }


async def test_a_person_who_was_here_before_is_filled_in_and_sees_that_it_was_read(
    enter: Any, now: Context
) -> None:
    clerk = await enter("clerk")
    first = filed_case(await file(clerk))
    await file(clerk, **{"counter-subject": "เรื่องที่สอง"})
    told = await clerk.post(
        "/desk/counter/person",
        data={"national_id": "๑๒๓๔๕๔๕๖๗๘๗๘๑"},
        headers={"HX-Request": "true"},
    )

    assert told.text.strip().startswith('<div id="known"')
    assert "เคยมาติดต่อ 2 ครั้ง" in told.text
    assert 'data-fill="name" value="นายคำปัน ใจยา"' in told.text
    assert 'data-fill="phone" value="08-1234-5678"' in told.text
    async with transaction(now) as connection:
        rows = await connection.fetch(
            "SELECT subject FROM core.audit_entry WHERE action = 'casework.applicant.read'"
        )
    assert [row["subject"] for row in rows] != [f"case/{first}"]
    assert len(rows) == 1
    track = (await cases(now))[1]["track"]
    assert "อรทัย" in (await clerk.get(f"/t/{track}")).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1101700230708", "มาติดต่อครั้งแรก"),
        ("1101700230700", "เลขหลักสุดท้าย"),
        ("12", "13 หลัก"),
        ("", ""),
    ],
)
async def test_an_id_that_nobody_knows_fills_in_nothing(
    enter: Any, now: Context, typed: str, told: str
) -> None:
    clerk = await enter("clerk")
    answer = await clerk.post(
        "/desk/counter/person", data={"national_id": typed}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert told in answer.text
    assert "data-fill" not in answer.text
    async with transaction(now) as connection:
        read = "SELECT count(*) FROM core.audit_entry WHERE action LIKE '%.read'"
        assert await connection.fetchval(read) == 0


async def test_without_a_script_a_button_fills_in_and_another_shows_the_form(
    enter: Any, now: Context
) -> None:
    clerk = await enter("clerk")
    await file(clerk)
    empty = {name: "" for name in ERRAND}
    looked = await clerk.post(
        "/desk/counter", data=empty | {"national_id": ID, "do": "look", "phone": "0899999999"}
    )
    chosen = await clerk.post(
        "/desk/counter", data=empty | {"counter-service": "แจ้งไฟ", "name": "ก", "do": "choose"}
    )

    assert 'value="นายคำปัน ใจยา"' in looked.text
    assert 'value="0899999999"' in looked.text
    assert 'value="02 แจ้งไฟฟ้าสาธารณะชำรุด"' in chosen.text
    assert 'name="fault"' in chosen.text
    assert 'value="ก"' in chosen.text
    assert len(await cases(now)) == 1


async def test_an_account_is_linked_where_number_and_name_are_its_own(
    enter: Any, now: Context
) -> None:
    account = await accounts.register_citizen(
        now, title="นาย", first_name="คำปัน", last_name="ใจยา", national_id=ID
    )
    clerk = await enter("clerk")
    await file(clerk)
    await file(clerk, name="นางอื่น ใจยา")

    assert [case["applicant"] for case in await cases(now)] == [account, None]


async def test_who_may_not_sit_at_the_counter_sees_nothing_of_it(enter: Any, now: Context) -> None:
    clerk = await enter("clerk")
    case = filed_case(await file(clerk))
    pages = (
        *("/desk/counter", "/desk/counter/queue", "/desk/queue", "/desk/appointments"),
        *(f"/desk/counter/cases/{case}", f"/desk/counter/cases/{case}/slip"),
    )
    posts = (
        *("/desk/counter", "/desk/counter/person", "/desk/counter/fields", "/desk/queue"),
        *(f"/desk/counter/{act}" for act in ("seat", "next", "recall", "done", "absent")),
        *("/desk/counter/transfer", f"/desk/appointments/{case}/arrived"),
    )

    for who, refused in (("stranger", {303, 401}), ("citizen", {403}), ("officer", {403})):
        client = await enter(who)
        answers = [await client.get(path) for path in pages]
        answers += [await client.post(path, data=ERRAND) for path in posts]
        assert {answer.status_code for answer in answers} <= refused
        led = {answer.headers.get("location", "/sign-in")[:8] for answer in answers}
        assert led == {"/sign-in"}
    assert len(await cases(now)) == 1


async def test_a_slip_is_given_to_who_filed_and_to_who_may_read_the_case(
    enter: Any, now: Context, other: Context
) -> None:
    case = filed_case(await file(await enter("clerk")))
    foreign = await enter("clerk", replace(other, now=now.now), host="yala")
    colleague = await enter("clerk")

    for path in (f"/desk/counter/cases/{case}", f"/desk/counter/cases/{case}/slip"):
        assert (await foreign.get(path)).status_code == 404
        assert (await colleague.get(path)).status_code == 403
    assert await cases(other) == []
