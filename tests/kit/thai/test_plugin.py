from core.discovery import find
from core.host import Host
from kit.thai import FILTERS


def test_the_host_hands_the_filters_to_every_template() -> None:
    host = Host([found for found in find(["kit"]) if found.name == "thai"])

    assert host.refused == {}
    assert host.plugins["thai"].fixed
    assert dict(host.collect("register_filters")) == {"thai": FILTERS}
