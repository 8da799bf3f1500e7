import asyncio
from dataclasses import replace
from datetime import date

import asyncpg
import httpx
import pytest

from contrib.incidents.piccolo_migrations import incidents_2026_11_29_06_imports
from contrib.incidents.service import assets
from contrib.incidents.service.assets import Sought
from contrib.incidents.service.importing import REGISTER
from contrib.incidents.service.labels import labels_pdf
from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kit.documents import NotTaken, words_of_pdf
from kit.registers import look_into, read_imported, report_csv, take_over
from tests.contrib.incidents.conftest import HOME, a_pole, an_officer, rows

FILE = """รหัส,ประเภท,เจ้าของ,ชนิดโคม,ที่ตั้ง,ละติจูด,ลองจิจูด,ซ่อมล่าสุด
mh-0001,เสาไฟ,กฟภ.,โซเดียม 250 วัตต์,หน้าวัด,18.7401,98.9502,1/10/2568
MH-0002,,,,,18.7402,98.9503,
เสา ๓,เสาไฟ,,,,18.7402,98.9503,
MH-0004,จรวด,,,,18.7402,98.9503,
MH-0005,เสาไฟ,,,,13.7402,100.5,
MH-0006,เสาไฟ,,,,18.7402,98.9503,1/10/2599
MH-0007,เสาไฟ,,,,18.7402,98.9503,
MH-0007,เสาไฟ,,,,18.7402,98.9503,
"""


async def found(ctx: Context, **sought: str) -> list[str]:
    listed, total = await assets.find_assets(ctx, Sought(**sought))  # type: ignore[arg-type]
    assert total == len(listed)
    return [row["code"] for row in listed]


async def test_an_asset_is_entered_found_and_changed(officer: Context) -> None:
    pole = await a_pole(officer, "mh-๐๑๒๓")
    await a_pole(officer, "MH-0200", owner="pea", place="หน้าโรงเรียน")

    assert await found(officer) == ["MH-0123", "MH-0200"]
    assert await found(officer, owner="pea") == ["MH-0200"]
    assert await found(officer, words="โรงเรียน") == ["MH-0200"]
    await assets.change(officer, pole, {"state": "removed"}, revision=1)
    with pytest.raises(NotFound):
        await assets.asset_of_code(officer, "MH-0123")
    trail = "SELECT action FROM core.audit_entry WHERE action LIKE 'incidents.asset.%' ORDER BY id"
    assert [row["action"].rpartition(".")[2] for row in await rows(officer, trail)] == [
        "entered",
        "entered",
        "changed",
    ]


async def test_a_code_is_given_once_also_to_two_officers_at_once(officer: Context) -> None:
    made = await asyncio.gather(a_pole(officer), a_pole(officer), return_exceptions=True)

    [refusal] = [one for one in made if isinstance(one, BaseException)]
    assert isinstance(refusal, InvalidInput)
    assert "code" in refusal.problems
    assert await found(officer) == ["MH-0123"]


async def test_of_two_officers_who_change_an_asset_the_second_is_told(officer: Context) -> None:
    pole = await a_pole(officer)
    change = {"lamp": "LED 60 วัตต์"}

    done = await asyncio.gather(
        assets.change(officer, pole, change, revision=1),
        assets.change(officer, pole, change, revision=1),
        return_exceptions=True,
    )

    assert [type(one) for one in done if one] == [Conflict]


async def test_the_register_is_of_one_municipality_and_of_who_may_change_it(
    officer: Context, other: Context
) -> None:
    await a_pole(officer)

    assert await found(an_officer(other)) == []
    with pytest.raises(NotAllowed):
        await a_pole(an_officer(officer, "อรทัย มั่นคง", "incidents.read"), "MH-0009")


async def test_a_file_is_taken_over_once_and_every_bad_row_is_reported(officer: Context) -> None:
    file = await look_into(officer, REGISTER, FILE.encode(), "เสา.csv")

    looked = await read_imported(officer, REGISTER, file)
    assert [looked[name] for name in ("read", "good", "known", "bad")] == [8, 2, 0, 6]
    assert [(one["row"], one["column"]) for one in looked["report"]] == [
        (4, "รหัส"),
        (5, "ประเภท"),
        (6, "ละติจูด"),
        (7, "ซ่อมล่าสุด"),
        (8, "รหัส"),
        (9, "รหัส"),
    ]
    assert await found(officer) == []
    taken = await asyncio.gather(
        take_over(officer, REGISTER, file, only_good=True),
        take_over(officer, REGISTER, file, only_good=True),
        return_exceptions=True,
    )
    assert sorted(map(str, taken), key=len)[0] == "2"
    assert [type(one) for one in taken if one != 2] == [Conflict]
    first = await assets.asset_of_code(officer, "MH-0001")
    assert (first["owner"], first["repaired_on"]) == ("pea", date(2025, 10, 1))
    again = await look_into(officer, REGISTER, FILE.replace("เสา ๓", "MH-0003").encode())
    assert (await read_imported(officer, REGISTER, again))["known"] == 2
    assert "มีในทะเบียนแล้ว" in (await report_csv(officer, REGISTER, again)).decode()


async def test_files_that_were_sent_before_the_kit_kept_them_stay_as_they_were(
    officer: Context, database: str
) -> None:
    taken, waiting = [
        await look_into(officer, REGISTER, data) for data in (FILE.encode(), f"{FILE}\n".encode())
    ]
    await take_over(officer, REGISTER, taken, only_good=True)
    before = [await read_imported(officer, REGISTER, id) for id in (taken, waiting)]
    owner = await asyncpg.connect(database)
    try:
        await owner.execute(incidents_2026_11_29_06_imports.DOWN)
        await owner.execute(incidents_2026_11_29_06_imports.UP)
    finally:
        await owner.close()

    assert [one["taken_at"] for one in before] == [officer.now, None]
    assert [await read_imported(officer, REGISTER, id) for id in (taken, waiting)] == before


async def test_what_is_no_table_is_refused_with_a_reason(officer: Context) -> None:
    with pytest.raises(NotTaken):
        await look_into(officer, REGISTER, b"")
    nameless = await look_into(officer, REGISTER, "ก,ข\n1,2\n".encode())
    assert (await read_imported(officer, REGISTER, nameless))["bad"] == 1


async def test_labels_lead_to_a_report_about_their_asset(officer: Context) -> None:
    await a_pole(officer)

    pdf = await labels_pdf(officer, Sought())
    words = await words_of_pdf(pdf, most=5_000)

    assert "MH-0123" in words
    assert "/incidents/a/MH-0123" in words
    with pytest.raises(NotFound):
        await labels_pdf(officer, Sought(words="ไม่มี"))


async def test_the_pages_of_the_register_enter_change_and_import(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    form = {"code": "MH-0300", "kind": "pole", "owner": "lao", "pin": "18.7401, 98.9502"}
    bad = await desk.post(f"{HOME}/assets/new", data=form | {"code": "เสา", "pin": "13.7, 100.5"})
    assert bad.status_code == 422
    assert "นอกเขต" in bad.text

    made = await desk.post(f"{HOME}/assets/new", data=form)
    assert made.status_code == 303
    assert "MH-0300" in (await desk.get(f"{HOME}/assets?kind=pole&q=0300")).text
    shown = await desk.get(made.headers["location"])
    revision = shown.text.split('name="revision" value="')[1].split('"')[0]
    change = form | {"lamp": "LED", "state": "used", "revision": revision}
    assert (await desk.post(made.headers["location"], data=change)).status_code == 303
    late = await desk.post(made.headers["location"], data=change)
    assert late.status_code == 409
    assert "มีผู้แก้ทรัพย์สินนี้ไปแล้ว" in late.text

    files = {"file": ("เสา.csv", FILE.encode(), "text/csv")}
    looked = await desk.post(f"{HOME}/import", files=files)
    page = await desk.get(looked.headers["location"])
    assert "นำเข้าเฉพาะ 2 รายการที่ถูกต้อง" in page.text
    assert (await desk.post(looked.headers["location"], data={"which": "good"})).status_code == 303
    assert "นำเข้าแล้วเมื่อ" in (await desk.get(looked.headers["location"])).text
    assert (await desk.get(f"{looked.headers['location']}/report.csv")).status_code == 200
    assert (await desk.get(f"{HOME}/import")).status_code == 200
    label = await desk.get(f"{HOME}/assets/labels.pdf?page=1")
    assert label.content.startswith(b"%PDF")
    here = replace(ctx, actor=an_officer(ctx).actor)
    assert await found(here) == ["MH-0001", "MH-0002", "MH-0300"]
