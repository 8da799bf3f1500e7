"""The municipalities whose areas come with the platform."""

from collections.abc import Callable

import pytest

from core.api import Tenant, Text
from kit.geo import Area, area_of

NAMES = {
    "khrueng": Text("เทศบาลตำบลครึ่ง", "Khrueng Subdistrict Municipality"),
    "maehia": Text("เทศบาลเมืองแม่เหียะ", "Mae Hia Town Municipality"),
    "yala": Text("เทศบาลนครยะลา", "Yala City Municipality"),
}


def _municipality(id: str, **settings: str) -> Tenant:
    name = NAMES.get(id, Text("เทศบาลใหม่", "New Municipality"))
    return Tenant(
        id=id, kind="เทศบาลเมือง", name=name, place=name, address=name, settings={"geo": settings}
    )


def _shipped(id: str) -> Area:
    area = area_of(_municipality(id))
    assert area is not None
    return area


@pytest.fixture(scope="session")
def municipality() -> Callable[..., Tenant]:
    return _municipality


@pytest.fixture(scope="session")
def shipped() -> Callable[[str], Area]:
    return _shipped
