import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.api import Actor, Context, new_id, numbers
from kit.offline.receiving import account_mark, new_key

KEY = "0f9dd1c1-8a57-4b1b-9a0f-1f2a3b4c5d6e"
WORKER = {"Idempotency-Key": KEY, "Accept": "application/json", "Offline-Account": ""}
PHOTO = ("photo.jpg", b"\xff\xd8\xff" + bytes(1000), "image/jpeg")


async def fingerprint(http: httpx.AsyncClient, **sent: Any) -> str:
    answer = await http.post("/rounds/print", headers={"Idempotency-Key": KEY}, **sent)
    printed: str = answer.json()["fingerprint"]
    return printed


async def test_a_form_posted_by_a_browser_leads_to_its_page(http: httpx.AsyncClient) -> None:
    answer = await http.post("/rounds", data={"house": "12/3", "idempotency_key": KEY})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/visits/1"


async def test_the_worker_is_told_where_it_led_in_the_language_of_the_device(
    http: httpx.AsyncClient,
) -> None:
    thai = await http.post("/rounds", data={"house": "12/3"}, headers=WORKER)
    english = await http.post(
        "/rounds", data={"house": "12/3"}, headers=WORKER | {"Cookie": cookies(http, language="en")}
    )

    assert thai.json() == {"location": "/visits/1", "words": "เลขที่ 1"}
    assert english.json() == {"location": "/visits/1", "words": "No. 1"}


def cookies(http: httpx.AsyncClient, **more: str) -> str:
    return "; ".join(f"{name}={value}" for name, value in (dict(http.cookies) | more).items())


async def test_the_worker_repeats_what_the_browser_has_sent_and_gets_its_answer(
    http: httpx.AsyncClient, ctx: Context
) -> None:
    form = {"house": "12/3", "photo": ""}
    await http.post("/rounds", data=form | {"idempotency_key": KEY, "_csrf_token": "old"})
    again = await http.post("/rounds", data=form, headers=WORKER)

    assert again.json()["location"] == "/visits/1"
    assert await numbers.draw(ctx, "rounds") == 2


async def test_requests_at_the_same_moment_are_one_visit(
    http: httpx.AsyncClient, ctx: Context
) -> None:
    answers = await asyncio.gather(
        *(
            http.post("/rounds", data={"house": "12/3"}, files={"p": PHOTO}, headers=WORKER)
            for _ in range(8)
        )
    )

    assert {answer.json()["location"] for answer in answers} == {"/visits/1"}
    assert await numbers.draw(ctx, "rounds") == 2


async def test_another_photo_under_the_same_key_is_refused_in_words(
    http: httpx.AsyncClient,
) -> None:
    await http.post("/rounds", data={"house": "1"}, files={"p": PHOTO}, headers=WORKER)
    other = (PHOTO[0], PHOTO[1] + b"\0", PHOTO[2])
    answer = await http.post("/rounds", data={"house": "1"}, files={"p": other}, headers=WORKER)

    assert answer.status_code == 409
    assert "เรื่องนี้ส่งแล้ว" in answer.json()["message"]


async def test_a_refusal_names_the_field_and_leaves_the_key_free(http: httpx.AsyncClient) -> None:
    refused = await http.post("/rounds", data={"house": ""}, headers=WORKER)
    corrected = await http.post("/rounds", data={"house": "12/3"}, headers=WORKER)

    assert refused.status_code == 422
    assert refused.json()["problems"] == {"house": "กรอกเลขที่บ้าน"}
    assert corrected.json()["location"] == "/visits/1"


async def test_forms_without_a_key_are_each_a_wish(http: httpx.AsyncClient) -> None:
    answers = [await http.post("/rounds", data={"house": "12/3"}) for _ in range(2)]

    assert [one.headers["location"] for one in answers] == ["/visits/1", "/visits/2"]


@pytest.mark.parametrize("key", ["short", "x" * 81, "a key with spaces", "../../etc/passwd"])
async def test_a_key_that_no_form_makes_is_refused(http: httpx.AsyncClient, key: str) -> None:
    answer = await http.post("/rounds", data={"house": "1", "idempotency_key": key})

    assert answer.status_code == 422


async def test_a_file_in_place_of_the_key_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/rounds", data={"house": "1"}, files={"idempotency_key": PHOTO})

    assert answer.status_code == 422


async def test_what_was_kept_under_an_account_is_not_taken_from_a_stranger(
    http: httpx.AsyncClient, ctx: Context
) -> None:
    headers = WORKER | {"Offline-Account": "0" * 32}
    answer = await http.post("/rounds", data={"house": "12/3"}, headers=headers)

    assert answer.status_code == 401
    assert "สิ่งที่กรอกไว้ยังอยู่" in answer.json()["message"]
    assert await numbers.draw(ctx, "rounds") == 1


async def test_a_forged_form_is_refused(http: httpx.AsyncClient, ctx: Context) -> None:
    answer = await http.post(
        "/rounds", data={"house": "12/3"}, headers=WORKER | {"X-CSRFToken": "0" * 128}
    )

    assert answer.status_code == 403
    assert await numbers.draw(ctx, "rounds") == 1


NAMES, TEXTS = st.text("abc", min_size=1, max_size=3), st.text("abc=&", max_size=3)
FIELDS = st.lists(st.tuples(NAMES, TEXTS), max_size=4)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(one=FIELDS, other=FIELDS)
async def test_fingerprints_are_equal_exactly_when_every_name_has_the_same_values(
    http: httpx.AsyncClient, one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    def values(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
        return {name: [text for other, text in fields if other == name] for name, _ in fields}

    def sent(fields: list[tuple[str, str]]) -> dict[str, Any]:
        return {"files": [*((name, (None, text)) for name, text in fields), ("_", (None, "1"))]}

    first, again, second = [await fingerprint(http, **sent(form)) for form in (one, one, other)]

    assert first == again
    assert (first == second) == (values(one) == values(other))


async def test_a_text_and_a_file_of_the_same_content_differ(http: httpx.AsyncClient) -> None:
    as_text = await fingerprint(http, files=[("p", (None, "abc"))])
    as_file = await fingerprint(http, files=[("p", ("text", b"abc", "text/plain"))])

    assert as_text != as_file


def test_marks_tell_accounts_apart_and_hide_their_ids(ctx: Context, other: Context) -> None:
    somebody = Actor(kind="citizen", id=new_id())
    marks = {
        account_mark(replace(one, actor=actor))
        for one in (ctx, other)
        for actor in (somebody, Actor(kind="citizen", id=new_id()))
    }

    assert len(marks) == 4
    assert not any(str(somebody.id)[:8] in mark for mark in marks)
    assert account_mark(replace(ctx, actor=somebody)) == account_mark(replace(ctx, actor=somebody))
    assert account_mark(replace(ctx, actor=Actor())) == ""


def test_every_form_gets_a_key_of_its_own(ctx: Context) -> None:
    assert len({new_key(ctx) for _ in range(100)}) == 100
