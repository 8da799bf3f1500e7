from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import Context
from core.errors import NotFound
from core.identity import parking
from core.identity.parking import Form

FORM = Form(path="/oss/file?draft=1", fields=[("matter", "ตัดกิ่งไม้"), ("tick", "a"), ("tick", "b")])


async def test_a_form_comes_back_as_it_was_typed(
    stranger: Context, citizen: UUID, become: Any
) -> None:
    token = await parking.park(stranger, FORM, account=citizen)
    assert token is not None
    id = await parking.claim(stranger, token, account=citizen)
    assert id is not None

    form = await parking.get_parked(await become(stranger, citizen), id)

    assert (form.path, list(form.fields)) == (FORM.path, list(FORM.fields))


async def test_the_form_of_one_account_is_not_given_to_another(
    stranger: Context, citizen: UUID, officer: UUID, become: Any
) -> None:
    token = await parking.park(stranger, FORM, account=citizen)
    assert token is not None

    assert await parking.claim(stranger, token, account=officer) is None
    id = await parking.claim(stranger, token, account=citizen)
    assert id is not None
    with pytest.raises(NotFound):
        await parking.get_parked(await become(stranger, officer), id)
    with pytest.raises(NotFound):
        await parking.get_parked(stranger, id)


async def test_the_form_of_a_stranger_goes_to_who_signs_in_first_in_that_browser(
    stranger: Context, citizen: UUID, officer: UUID
) -> None:
    token = await parking.park(stranger, FORM, account=None)
    assert token is not None

    assert await parking.claim(stranger, token, account=citizen) is not None
    assert await parking.claim(stranger, token, account=officer) is None


async def test_a_form_is_kept_for_an_hour(stranger: Context, citizen: UUID, become: Any) -> None:
    token = await parking.park(stranger, FORM, account=citizen)
    assert token is not None
    id = await parking.claim(stranger, token, account=citizen)
    assert id is not None
    owner = await become(stranger, citizen)
    late = replace(owner, now=owner.now + parking.LIFE)

    with pytest.raises(NotFound):
        await parking.get_parked(late, id)
    assert not await parking.is_parked(late, token)


async def test_a_form_that_is_thrown_away_is_gone(
    stranger: Context, citizen: UUID, officer: UUID, become: Any
) -> None:
    token = await parking.park(stranger, FORM, account=citizen)
    assert token is not None
    id = await parking.claim(stranger, token, account=citizen)
    assert id is not None

    await parking.throw_away(await become(stranger, officer), id)
    assert await parking.is_parked(stranger, token)
    await parking.throw_away(await become(stranger, citizen), id)
    assert not await parking.is_parked(stranger, token)


async def test_what_was_typed_does_not_lie_open(stranger: Context, citizen: UUID) -> None:
    await parking.park(stranger, FORM, account=citizen)

    async with db.transaction(stranger) as connection:
        kept = await connection.fetchval("SELECT form FROM core.parked_form")
    assert "ตัดกิ่งไม้".encode() not in kept


async def test_more_than_a_megabyte_is_not_kept(stranger: Context) -> None:
    large = Form(path="/", fields=[("matter", "x" * parking.LARGEST)])

    assert await parking.park(stranger, large, account=None) is None


async def test_a_form_is_of_one_municipality(
    stranger: Context, other: Context, citizen: UUID
) -> None:
    token = await parking.park(stranger, FORM, account=None)
    assert token is not None

    assert await parking.claim(other, token, account=citizen) is None
    assert await parking.claim(other, "", account=citizen) is None
