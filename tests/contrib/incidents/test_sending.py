import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from contrib.incidents.service import following, pictures, sending
from contrib.incidents.service.holding import held_photos, hold_photos
from contrib.incidents.service.matters import report_of_code
from contrib.incidents.service.sending import Alike, Sent
from core.context import Context
from core.errors import Conflict, InvalidInput, NotFound
from tests.contrib.incidents.conftest import a_pole, rows
from tests.contrib.incidents.reports import (
    FAR_AWAY,
    NEXT_DOOR,
    a_photo,
    a_report,
    a_wish,
    report_id,
    stranger,
)


async def test_a_report_has_a_number_a_tracking_code_and_a_promise(ctx: Context) -> None:
    sent = await a_report(ctx, phone="+66812345678")

    report = await report_of_code(ctx, sent.code)
    assert sent.code == "2569-00001"
    assert report["state"] == "reported"
    # Four working hours from 10:42 on a Friday, then eight, then twenty-four.
    local = report["due_at"].astimezone(ctx.tenant.zone)
    assert f"{local:%d %H:%M}" == "20 14:42"
    expected = report["expected_at"].astimezone(ctx.tenant.zone)
    assert f"{expected:%d %H:%M}" == "26 14:42"
    followed = await following.follow(ctx, sent.track.lower().replace("-", " "))
    assert followed.report["code"] == sent.code
    waiting = await rows(ctx, "SELECT address, body_th FROM core.message")
    assert [row["address"] for row in waiting] == ["+66812345678"]
    assert sent.track in waiting[0]["body_th"]
    [entry] = await rows(ctx, "SELECT action FROM core.audit_entry WHERE action LIKE 'incidents%'")
    assert entry["action"] == "incidents.report.sent"


async def test_the_same_key_sent_at_once_is_one_report(ctx: Context) -> None:
    wish = a_wish()

    sent = await asyncio.gather(*(sending.send(stranger(ctx), wish, other=False) for _ in range(4)))

    assert len(set(sent)) == 1
    assert (await a_report(ctx)).code == "2569-00002"


async def test_of_two_who_report_the_same_at_once_the_second_is_asked(ctx: Context) -> None:
    wishes = [a_wish(), a_wish(point=NEXT_DOOR)]

    done = await asyncio.gather(
        *(sending.send(stranger(ctx), wish, other=False) for wish in wishes),
        return_exceptions=True,
    )

    [alike] = [one for one in done if isinstance(one, Alike)]
    [sent] = [one for one in done if isinstance(one, Sent)]
    assert [one.row["code"] for one in alike.near] == [sent.code]
    assert alike.near[0].metres == pytest.approx(33.4, abs=1)


async def test_alike_is_of_one_category_near_and_not_long_ago(ctx: Context) -> None:
    sent = await a_report(ctx)

    async def asked(here: Context = ctx, **more: object) -> list[str]:
        return [one.row["code"] for one in await sending.near(here, a_wish(**more))]

    assert await asked(point=NEXT_DOOR) == [sent.code]
    assert await asked(point=FAR_AWAY) == []
    assert await asked(category="road") == []
    assert await asked(replace(ctx, now=ctx.now + timedelta(days=31))) == []
    assert await asked(point=None, address="ปากซอย") == []


async def test_alike_is_what_is_of_the_same_pole_wherever_the_pin_was(ctx: Context) -> None:
    pole = await a_pole(ctx)
    sent = await a_report(ctx, asset=pole, point=FAR_AWAY)

    [near] = await sending.near(ctx, a_wish(asset=pole))

    assert (near.row["code"], near.metres) == (sent.code, None)


async def test_who_joins_follows_the_same_report_and_sees_nothing_of_the_first(
    ctx: Context,
) -> None:
    photo = await a_photo(ctx)
    first = await a_report(ctx, phone="+66812345678", photos=[photo])
    joining = a_wish(description="บ้านผมก็มืด", phone="+66898765432")

    twice = await asyncio.gather(
        *(sending.join(stranger(ctx), joining, first.code) for _ in range(3))
    )

    [joined] = set(twice)
    assert joined.code == first.code
    assert joined.track != first.track
    seen = await following.follow(ctx, joined.track)
    assert seen.voices == 2
    assert seen.photos == []
    own = await following.follow(ctx, first.track)
    assert [one["shows"] for one in own.photos] == ["sent"]
    second = await following.voice_of(ctx, joined.track)
    with pytest.raises(NotFound):
        await pictures.read_for_all(
            ctx, seen.report["id"], own.photos[0]["id"], voice=second["id"], small=True
        )


async def test_what_is_not_there_or_another_municipalitys_cannot_be_joined_or_followed(
    ctx: Context, other: Context
) -> None:
    sent = await a_report(ctx)

    with pytest.raises(NotFound):
        await sending.join(stranger(ctx), a_wish(), "2569-99999")
    with pytest.raises(NotFound):
        await sending.join(stranger(other), a_wish(), sent.code)
    with pytest.raises(NotFound):
        await following.follow(other, sent.track)


async def test_rating_and_reopening_wait_until_it_is_closed(ctx: Context) -> None:
    sent = await a_report(ctx)

    with pytest.raises(Conflict):
        await following.rate(stranger(ctx), sent.track, 5, "")
    with pytest.raises(Conflict):
        await following.reopen(stranger(ctx), sent.track, "ยังดับอยู่")
    with pytest.raises(InvalidInput):
        await following.reopen(stranger(ctx), sent.track, " ")


async def test_photos_that_a_form_carries_are_taken_only_as_they_were_given(ctx: Context) -> None:
    photo = await a_photo(ctx)
    held = hold_photos(ctx, [photo])

    assert held_photos(ctx, held) == [photo]
    assert held_photos(ctx, f"A{held[1:]}") == []
    assert held_photos(ctx, "ไม่ใช่") == []
    assert hold_photos(ctx, []) == ""


async def test_a_report_without_its_photos_is_no_report(ctx: Context) -> None:
    sent = await a_report(ctx, photos=[await a_photo(ctx, "red"), await a_photo(ctx, "blue")])

    photos = await pictures.all_photos(ctx, await report_id(ctx, sent))

    assert len({one["digest"] for one in photos}) == 2
