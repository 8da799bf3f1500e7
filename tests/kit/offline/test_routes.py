import re

import httpx

KEY = "0f9dd1c1-8a57-4b1b-9a0f-1f2a3b4c5d6e"


async def test_the_worker_may_serve_the_whole_site_and_is_asked_for_anew(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.get("/offline-worker.js")

    assert answer.headers["service-worker-allowed"] == "/"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


async def test_the_token_opens_the_way_to_send_and_is_kept_nowhere(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.get("/offline/token")
    posted = await http.post(
        "/rounds", data={"house": "1"}, headers={"X-CSRFToken": answer.json()["token"]}
    )

    assert answer.json()["account"] == ""
    assert answer.json()["answer"] is None
    assert answer.headers["cache-control"] == "no-store"
    assert posted.status_code == 303


async def test_with_the_token_comes_the_answer_that_was_lost(http: httpx.AsyncClient) -> None:
    before = (await http.get("/offline/token", params={"key": KEY})).json()
    await http.post("/rounds", data={"house": "1"}, headers={"Idempotency-Key": KEY})
    after = (await http.get("/offline/token", params={"key": KEY})).json()

    assert before["answer"] is None
    assert after["answer"] == {"location": "/visits/1", "words": "เลขที่ 1"}


async def test_the_page_of_what_waits_declares_itself(http: httpx.AsyncClient) -> None:
    answer = await http.get("/offline")

    assert answer.status_code == 200
    assert '<meta name="offline" content="">' in answer.text
    assert re.search(
        r'<script src="/static/offline/offline\.js\?v=[0-9a-f]{12}" defer>', answer.text
    )


async def test_the_page_of_what_waits_is_there_in_english(http: httpx.AsyncClient) -> None:
    http.cookies.set("language", "en", domain="maehia.localhost")
    answer = await http.get("/offline")
    main = answer.text.partition("<main")[2].partition("</main>")[0]

    assert "Kept on this device" in main
    assert not re.search("[\u0e00-\u0e7f]", main)
