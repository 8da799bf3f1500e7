from pathlib import Path

from core.discovery import find
from core.host import Host


def test_the_host_takes_the_room_as_a_fixed_part_of_every_municipality() -> None:
    host = Host([found for found in find(["kit"]) if found.name == "forms"])

    assert host.refused == {}
    assert host.plugins["forms"].fixed


def test_the_script_is_a_small_part_of_a_page() -> None:
    assert len(Path("kit/forms/static/forms.js").read_bytes()) < 2_000
