from core.api import Manifest
from core.discovery import find
from core.host import Host
from kit.geo.plugin import MANIFEST


def test_the_room_is_on_in_every_municipality_and_an_office_can_set_its_area_and_tiles() -> None:
    manifest: Manifest = Host(find()).plugins["geo"]

    assert manifest == MANIFEST
    assert manifest.fixed
    assert dict(manifest.settings) == {"area": "", "tiles": "", "attribution": ""}
