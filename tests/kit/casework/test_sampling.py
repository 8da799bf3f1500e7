import random

import pytest

from core.context import Context
from core.text import Text
from kit.casework.service.sampling import sample_answers
from kit.forms import Form, Pin, Plot, outline_of

SPOT = Pin("spot", Text("ที่ตั้ง", "Site"))


@pytest.mark.parametrize(
    ("least", "most"), [(20, 1_000_000), (100, 200), (500, 600), (100_000, 1_000_000)]
)
async def test_sample_land_lies_around_the_sample_pin_within_its_limits(
    ctx: Context, least: int, most: int
) -> None:
    land = Plot("land", Text("แปลง", "Land"), around="spot", least=least, most=most)
    form: Form = (SPOT, land)

    answers = sample_answers(ctx, form, random.Random(1))  # noqa: S311

    assert set(answers) == {"spot", "land"}
    assert least <= outline_of(answers["land"]).area_m2 <= most
