import re
from html import unescape
from typing import Any
from uuid import UUID

from core.context import Context
from core.text import Text
from plugins.oss.forms.kinds import KINDS
from plugins.oss.rules.parts import put
from plugins.oss.service import builder
from plugins.oss.service.own import get_own

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
PAGES = ["about", "questions", "documents", "steps", "limit", "result", "try", "publish", "retire"]


def id_of(made: str) -> UUID:
    return UUID(made.rsplit("/", 1)[1])


async def many_questions(ctx: Context, made: str, count: int) -> None:
    own = await get_own(ctx, id_of(made))

    def add(service: Any, names: Any) -> Any:
        for number in range(count):
            words = Text(f"ข้อ {number}", f"No. {number}")
            service = put(service, names, "questions", KINDS["line"].make("", words))
        return service

    await builder.edit(ctx, own.id, revision=own.revision, change=add)


async def test_every_page_opens_in_both_languages(officer: Any, made: str) -> None:
    await officer.open(f"{made}/publish")
    await officer.send(f"{made}/publish")
    for language in ("th", "en"):
        officer.client.cookies.set("language", language)
        for page in PAGES:
            shown = await officer.open(f"{made}/{page}")
            assert shown.status_code == 200, page
            assert f'<html lang="{language}"' in shown.text


async def test_a_question_of_every_kind_is_made_and_tried(officer: Any, made: str) -> None:
    rows = {f"option.{row}.{part}": f"{part}{row}" for row in range(2) for part in ("th", "en")}
    for kind in KINDS:
        await officer.open(f"{made}/questions/add?of={kind}")
        await officer.send(
            **{"label_th": f"ข้อ {kind}", "label_en": kind, "when": "0", "option.count": "2"} | rows
        )
        assert officer.path == f"{made}/questions", officer.text
    await officer.open(f"{made}/try")
    shown = await officer.send(sent="1", name="นายสมชาย ใจดี", phone="0812345678")

    assert shown.status_code == 200
    assert all(f"ข้อ {kind}" in officer.text for kind in KINDS)


async def test_strangers_and_officers_without_the_right_are_kept_out(visit: Any, made: str) -> None:
    stranger, reader = await visit(), await visit("casework.read")
    for address in ["/desk/services", "/desk/services/new", *[f"{made}/{page}" for page in PAGES]]:
        unknown = await stranger.client.get(address)
        assert unknown.status_code in (303, 401), address
        assert (await reader.open(address)).status_code == 403, address
        assert (await reader.send(address, do="drop.f3")).status_code in (403, 405), address


async def test_an_officer_of_one_division_makes_services_of_that_division_only(
    visit: Any, made: str
) -> None:
    works = await visit("oss.build", unit="works")
    refused = await works.open(f"{made}/about")
    await works.open("/desk/services")

    assert refused.status_code == 403
    assert "ขอใช้สนามกีฬา" not in works.text
    await works.open("/desk/services/new")
    await works.send(title_th="ขอทางเชื่อม", title_en="Access", source="empty")
    assert "กองช่าง" in works.text
    assert "สำนักปลัดเทศบาล" not in works.text.split("กองหรือสำนัก")[1]


async def test_another_municipality_has_no_such_service(
    visit: Any, other: Context, made: str
) -> None:
    stranger = await visit("oss.build", host="yala", tenant=other)

    assert (await stranger.open(f"{made}/about")).status_code == 404
    assert (await stranger.send(f"{made}/about", title_th="ก")).status_code == 404
    await stranger.open("/desk/services")
    assert "ขอใช้สนามกีฬา" not in stranger.text


async def test_of_two_officers_at_once_the_second_is_told_and_loses_nothing(
    officer: Any, visit: Any, made: str
) -> None:
    second = await visit("oss.build")
    await officer.open(f"{made}/steps/s1")
    await second.open(f"{made}/steps/s1")
    step = {"title_en": "Look", "by": "head", "count": "1", "unit": "working"}
    await officer.send(title_th="ตรวจคำขอ", **step)
    late = await second.send(title_th="ดูสนามจริง", **step)
    told = second.text
    again = await second.send(title_th="ดูสนามจริง", **step)

    assert late.status_code == 409
    assert "แก้บริการนี้เมื่อ" in told
    assert 'value="ดูสนามจริง"' in late.text
    assert again.status_code == 200
    assert "ดูสนามจริง" in second.text


async def test_a_stale_list_moves_nothing(officer: Any, visit: Any, made: str) -> None:
    second = await visit("oss.build")
    await officer.open(f"{made}/questions")
    await second.open(f"{made}/questions")
    await officer.send(do="down.f3")
    stale = await second.send(do="drop.f3")

    assert stale.status_code == 409
    assert "ใช้ทำอะไร" in second.text


async def test_a_wrong_answer_comes_back_filled_with_what_to_do(officer: Any, made: str) -> None:
    await officer.open(f"{made}/about")
    wrong = await officer.send(title_th="ขอใช้สนาม", title_en="", summary_th="ก" * 400)

    assert wrong.status_code == 422
    assert 'value="ขอใช้สนาม"' in wrong.text
    assert 'href="#title_en"' in wrong.text
    assert 'href="#summary_th"' in wrong.text
    assert "<title>พบ" in wrong.text


async def test_rows_are_added_moved_and_removed_without_losing_what_was_typed(
    officer: Any, made: str
) -> None:
    await officer.open(f"{made}/questions/add?of=choice")
    typed = {"label_th": "ขนาดสนาม", "label_en": "Size", "option.count": "2"}
    rows = {"option.0.th": "เล็ก", "option.0.en": "Small", "option.1.th": "ใหญ่"}
    more = await officer.send(**typed | rows, do="more")
    assert more.status_code == 200
    assert 'value="ขนาดสนาม"' in more.text
    assert 'name="option.4.th"' in more.text

    swapped = await officer.send(**typed | rows, do="down.0")
    assert swapped.text.index("ใหญ่") < swapped.text.index("เล็ก")
    dropped = await officer.send(**typed | rows, do="drop.0")
    assert "เล็ก" not in dropped.text


async def test_htmx_gets_only_the_list(officer: Any, made: str) -> None:
    await officer.open(f"{made}/questions")
    officer.client.headers.update(HTMX)
    moved = await officer.send(do="up.f6")
    rows = await officer.send(f"{made}/questions/add?of=choice", **{"option.count": "1"}, do="more")

    assert moved.text.strip().startswith('<form class="stack" id="parts"')
    assert moved.text.index("ใช้ช่วงใด") < moved.text.index("ใช้ทำอะไร")
    assert rows.text.strip().startswith('<fieldset class="field" id="pairs"')


async def test_a_fault_links_to_the_field_where_it_is_put_right(officer: Any, made: str) -> None:
    await officer.open(f"{made}/questions/add?of=line")
    await officer.send(
        label_th="โคมไฟกี่ดวง", label_en="Lamps", when="f6", when_f6="o5", required="yes"
    )
    await officer.open(f"{made}/questions")
    await officer.send(do="drop.f6")
    await officer.open(f"{made}/questions")
    await officer.send(do="drop.f3")
    page = await officer.open(f"{made}/publish")
    links = dict(re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', page.text))
    refused = await officer.send(f"{made}/publish")

    assert set(links) >= {f"{made}/questions/f7", f"{made}/questions#subject"}
    assert "เงื่อนไข" in unescape(links[f"{made}/questions/f7"])
    assert 'aria-disabled="true"' in page.text
    assert refused.status_code == 409
    for link in links:
        assert (await officer.open(link)).status_code == 200


async def test_a_hundred_and_first_question_is_refused_with_a_sentence(
    officer: Any, maker: Context, made: str
) -> None:
    await many_questions(maker, made, 98)
    refused = await officer.open(f"{made}/questions/add?of=line")

    assert refused.status_code == 409
    assert "มีคำถามครบ 100 รายการแล้ว" in officer.text
    assert (await officer.open(f"{made}/publish")).status_code == 200


async def test_two_hundred_answers_and_ten_megabytes_are_refused_with_a_sentence(
    officer: Any, made: str
) -> None:
    await officer.open(f"{made}/questions/f6")
    many = {f"option.{row}.{part}": str(row) for row in range(200) for part in ("th", "en")}
    words = {"label_th": "ก", "label_en": "a", "when": "0", "option.count": "200"}
    refused = await officer.send(**words | many)
    await officer.open(f"{made}/about")
    long = await officer.send(title_th="ก" * 1_000_000, title_en="a")

    assert refused.status_code == 422
    assert "ไม่เกิน 100 รายการ" in unescape(re.sub("<[^>]+>", "", refused.text))
    assert long.status_code == 422
    assert len(long.text) < 200_000


async def test_what_is_typed_is_never_markup_or_a_template(
    officer: Any, visit: Any, made: str
) -> None:
    evil = '<b>{{ 123456 * 7 }}</b>"{label}%s'
    await officer.open(f"{made}/questions/f3")
    await officer.send(label_th=evil, label_en=evil, help_th=evil, help_en=evil, required="yes")
    pages = [await officer.open(f"{made}/{page}") for page in ("questions", "questions/f3")]
    await officer.open(f"{made}/try")
    pages.append(await officer.send(sent="1", name="นายสมชาย ใจดี", phone="0812345678"))
    pages.append(await officer.send(f"{made}/try", sent="2", name="นาย ก", phone="0812345678"))

    assert all("<b>{{" not in page.text and "864192" not in page.text for page in pages)
    assert all("&lt;b&gt;{{ 123456 * 7 }}&lt;/b&gt;" in page.text for page in pages)
    assert pages[-1].status_code == 422


async def test_there_is_no_such_page(officer: Any, made: str) -> None:
    nowhere = ["nothing", "about/f3", "questions/f99", "steps/f3", "questions/add?of=file", "a/add"]
    for path in nowhere:
        assert (await officer.open(f"{made}/{path}")).status_code == 404, path
        assert (await officer.send(f"{made}/{path}")).status_code == 404, path


async def test_a_try_goes_page_by_page_and_ends_with_the_paper(officer: Any, made: str) -> None:
    await officer.open(f"{made}/try")
    wrong = await officer.send(sent="1", phone="12")
    who = {"name": "นายสมชาย ใจดี", "phone": "0812345678"}
    second = await officer.send(sent="1", **who)
    check = await officer.send(sent="2", **who, f3="แข่งฟุตบอล", f6="o5")
    paper = await officer.send(f"{made}/try/paper", **who, f3="แข่งฟุตบอล", f6="o5")

    assert (wrong.status_code, second.status_code, check.status_code) == (422, 200, 200)
    assert 'name="phone" value="0812345678"' in second.text
    assert "กลางคืน" in check.text
    assert paper.content.startswith(b"%PDF")


async def test_a_try_files_nothing(officer: Any, made: str) -> None:
    who = {"name": "นายสมชาย ใจดี", "phone": "0812345678"}
    await officer.open(f"{made}/try")
    await officer.send(f"{made}/try/paper", **who, f3="แข่งฟุตบอล", f6="o5")
    await officer.open("/desk/cases?view=all")

    assert "ไม่พบเรื่อง" in officer.text


async def test_a_paper_is_not_printed_of_wrong_answers(officer: Any, made: str) -> None:
    await officer.open(f"{made}/try")
    refused = await officer.send(f"{made}/try/paper", name="นาย ก", phone="12")

    assert refused.status_code == 422
    assert 'href="#phone"' in refused.text


async def test_a_forged_post_is_refused(officer: Any, made: str) -> None:
    officer.client.headers["X-CSRFToken"] = "forged"

    assert (await officer.send(f"{made}/publish")).status_code == 403
