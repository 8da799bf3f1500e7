import io
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core import db
from core.context import Context
from core.errors import InvalidInput
from core.runtime import Runtime
from core.tenants import office

TYPED: dict[str, Any] = {
    "name_th": "เทศบาลนครแม่เหียะ",
    "name_en": "Mae Hia City",
    "place_th": "อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่",
    "place_en": "Mueang, Chiang Mai",
    "address_th": "สำนักงานเทศบาล ถนนเชียงใหม่-หางดง",
    "address_en": "City Hall, Chiang Mai-Hang Dong Road",
    "phone": "๐๕๓-๒๗๖-๔๙๑",
    "email": "Saraban@Maehia.example",
    "brand": "#b4570f",
}


def a_picture(form: str = "PNG", size: tuple[int, int] = (900, 600)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, form)
    return out.getvalue()


async def test_what_an_administrator_types_is_on_every_page(
    post: Any, client: httpx.AsyncClient, runtime: Runtime
) -> None:
    assert (await post("/desk/office", TYPED)).status_code == 303
    runtime.directory.forget("maehia")  # as every process does that hears of it

    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    assert (tenant.kind, tenant.name.en) == ("เทศบาลนคร", "Mae Hia City")
    assert (tenant.phone, tenant.email) == ("053-276-491", "saraban@maehia.example")
    page = (await client.get("/sign-in")).text
    assert "สำนักงานเทศบาล ถนนเชียงใหม่-หางดง" in page
    assert "053-276-491" in page
    sheet = page.partition("/theme/")[2].partition('"')[0]
    assert "#863E04" in (await client.get(f"/theme/{sheet}")).text


async def test_the_change_is_recorded_with_what_was_before_and_only_if_there_is_one(
    ctx: Context,
) -> None:
    await office.change_office(ctx, TYPED)
    await office.change_office(ctx, TYPED)

    async with db.transaction(ctx) as connection:
        [row] = await connection.fetch(
            "SELECT detail->'was'->>'brand' AS was, detail->'now'->>'brand' AS now "
            "FROM core.audit_entry WHERE action = 'core.tenant.changed'"
        )
    assert tuple(row) == ("#2a4480", "#b4570f")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_th", ""),
        ("name_th", "แม่เหียะ"),
        ("name_en", " "),
        ("address_th", "ก" * 401),
        ("phone", "โทรมา"),
        ("phone", "<script>"),
        ("email", "saraban"),
        ("brand", "blue"),
        ("brand", "#12345g"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_changes(
    post: Any, ctx: Context, runtime: Runtime, field: str, value: Any
) -> None:
    answer = await post("/desk/office", TYPED | {field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    runtime.directory.forget("maehia")
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    assert tenant.name == ctx.tenant.name


async def test_a_colour_is_previewed_with_its_contrast_before_it_is_kept(
    post: Any, ctx: Context
) -> None:
    shown = await post("/desk/office", TYPED | {"brand": "#ffff00", "phone": "?", "preview": "yes"})

    assert shown.status_code == 200
    assert 'value="#ffff00"' in shown.text
    assert "ความต่างของสี 7." in shown.text
    async with db.transaction(ctx) as connection:
        assert await connection.fetchval("SELECT brand FROM core.tenant") == "#2a4480"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
async def test_a_logo_is_written_anew_and_stands_on_every_page(
    post: Any, client: httpx.AsyncClient, runtime: Runtime, form: str
) -> None:
    raw = a_picture(form) + b"<script>hidden</script>"
    assert (await post("/desk/office/logo", {}, files={"logo": ("x", raw)})).status_code == 303
    runtime.directory.forget("maehia")

    page = (await client.get("/sign-in")).text
    address = page.partition('class="brand"')[2].partition('src="')[2].partition('"')[0]
    served = await client.get(address)
    assert served.headers["content-type"] == "image/png"
    assert "immutable" in served.headers["cache-control"]
    assert b"hidden" not in served.content
    assert Image.open(io.BytesIO(served.content)).size == (256, 171)

    await post("/desk/office/logo", {"remove": "yes"})
    runtime.directory.forget("maehia")
    assert (await client.get(address)).status_code == 404
    assert "/logo/" not in (await client.get("/sign-in")).text


@pytest.mark.parametrize(
    "raw", [b"", b"<svg onload=alert(1)>", b"x" * (office.LOGO_BYTES + 1), a_picture()[:200]]
)
async def test_what_is_no_picture_is_not_taken_as_a_logo(post: Any, raw: bytes) -> None:
    answer = await post("/desk/office/logo", {}, files={"logo": ("logo.png", raw)})

    assert answer.status_code == 422
    assert 'id="logo-error"' in answer.text


async def test_a_division_is_added_below_another_and_renamed(
    post: Any, client: httpx.AsyncClient, runtime: Runtime
) -> None:
    new = {"id": "roads", "name_th": "ฝ่ายถนน", "name_en": "Roads", "parent": "works"}
    assert (await post("/desk/office/units", new)).status_code == 303
    runtime.directory.forget("maehia")
    named = {"unit": "works", "name_th": "สำนักช่าง", "name_en": "Bureau of Works"}
    assert (await post("/desk/office/units", named)).status_code == 303
    runtime.directory.forget("maehia")

    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    assert list(tenant.units) == ["clerk", "works", "roads"]
    assert tenant.units["works"].name.th == "สำนักช่าง"
    assert tenant.units["roads"].parent == "works"
    assert "สำนักช่าง" in (await client.get("/desk/office/units?unit=works")).text


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"id": "works"}, 422),
        ({"id": "Roads!"}, 422),
        ({"name_th": ""}, 422),
        ({"parent": "moon"}, 422),
        ({"unit": "moon"}, 404),
    ],
)
async def test_a_division_that_cannot_be_is_refused(
    post: Any, wrong: dict[str, str], status: int
) -> None:
    form = {"id": "roads", "name_th": "ฝ่ายถนน", "name_en": "Roads", "parent": ""}

    assert (await post("/desk/office/units", form | wrong)).status_code == status


async def test_one_office_changes_nothing_of_another(ctx: Context, other: Context) -> None:
    await office.change_office(ctx, TYPED)
    await office.set_logo(ctx, a_picture())
    await office.keep_unit(ctx, "roads", name_th="ฝ่ายถนน", name_en="Roads", new=True)

    async with db.transaction(other) as connection:
        rows = await connection.fetch("SELECT brand FROM core.tenant WHERE id = 'yala'")
        counts = await connection.fetchrow(
            "SELECT (SELECT count(*) FROM core.logo), (SELECT count(*) FROM core.unit)"
        )
    assert [row["brand"] for row in rows] == ["#2a4480"]
    assert tuple(counts) == (0, 2)


@given(st.dictionaries(st.sampled_from(sorted(office.FIELDS)), st.text(max_size=30)))
def test_whatever_is_typed_is_taken_or_refused_at_its_fields(typed: dict[str, str]) -> None:
    problems: set[str] = set()
    try:
        office.check_office(typed)
    except InvalidInput as wrong:
        problems = set(wrong.problems)
    needed = {
        name for name in ("name_th", "name_en", "address_th") if not typed.get(name, "").strip()
    }
    assert needed <= problems <= {*office.FIELDS}
