from datetime import timedelta

from core.context import Context
from tests.kit.treasury.routes.conftest import Enter, Make


async def test_an_agreement_is_looked_at_made_printed_and_ended_on_its_pages(
    now: Context, enter: Enter, make: Make
) -> None:
    first = await make(60_000, mark="a", due=-40)
    second = await make(30_000, mark="b", due=-10)
    desk = await enter("director")
    bill = await desk.get(f"/desk/bills/{first.id}")
    assert f"/desk/treasury/agreements/new?bill={first.id}" in bill.text
    where = f"/desk/treasury/agreements/new?bill={first.id}"
    page = await desk.get(where)
    day = now.today + timedelta(days=20)
    form = {
        "count": "3",
        "first_on.day": str(day.day),
        "first_on.month": str(day.month),
        "first_on.year": str(day.year + 543),
    }
    nothing = await desk.send(page, where, **form, do="look")
    assert nothing.status_code == 422
    assert 'href="#bills"' in nothing.text
    both = form | {"bills": [str(first.id), str(second.id)]}
    looked = await desk.send(page, where, **both, do="look")
    assert "300.00" in looked.text
    assert "อนุมัติผ่อนชำระ" in looked.text
    unsaid = await desk.send(page, where, **both, do="agree", why="")
    assert unsaid.status_code == 422
    made = await desk.send(page, where, **both, do="agree", why="ผู้มีรายได้น้อย")

    assert made.status_code == 200
    assert "900.00" in made.text
    here = made.url.path
    pdf = await desk.get(f"{here}/agreement.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert here in (await desk.get(f"/desk/bills/{first.id}")).text
    seen = await (await enter()).get(f"/b/{first.code}")
    assert "ผ่อนชำระตามข้อตกลง" in seen.text
    again = await desk.send(page, where, **both, do="agree", why="อีกครั้ง")
    assert again.status_code == 409
    ended = await desk.send(made, f"{here}/end", why="")
    assert ended.status_code == 422
    ended = await desk.send(made, f"{here}/end", why="ผิดนัด")
    assert "ยกเลิกแล้ว" in ended.text
    assert "ยกเลิกแล้ว" in (await desk.get("/desk/treasury/agreements")).text


async def test_a_collector_sees_agreements_and_makes_none(
    now: Context, enter: Enter, make: Make
) -> None:
    made = await make(60_000)
    desk = await enter("treasury")

    assert (await desk.get("/desk/treasury/agreements")).status_code == 200
    assert (await desk.get(f"/desk/treasury/agreements/new?bill={made.id}")).status_code == 403
    bill = await desk.get(f"/desk/bills/{made.id}")
    assert "ทำข้อตกลงผ่อนชำระ" not in bill.text
