import json
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from contrib.catalog.rules.feeds import Feed, Item, as_atom, as_json
from core.api import Text

SPACE = "{http://www.w3.org/2005/Atom}"
HOME = "https://dga.example/catalog"
TEXTS = st.builds(Text, st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
ITEMS = st.builds(
    Item,
    id=st.uuids().map(str),
    url=st.uuids().map(lambda one: f"{HOME}/{one}"),
    title=TEXTS,
    words=TEXTS,
    at=st.integers(1_700_000_000, 4_000_000_000).map(lambda one: datetime.fromtimestamp(one, UTC)),
)


def a_feed(items: list[Item]) -> Feed:
    items = sorted(items, key=lambda one: one.at, reverse=True)
    began = datetime(2026, 11, 29, tzinfo=UTC)
    return Feed(
        title=Text("ปลั๊กอิน", "Plugins"),
        author=Text("สพร.", "DGA"),
        home=HOME,
        updated=items[0].at if items else began,
        items=items,
    )


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


@given(items=st.lists(ITEMS, max_size=4))
def test_a_feed_of_any_texts_is_an_atom_feed_as_the_specification_has_it(
    items: list[Item],
) -> None:
    feed = a_feed(items)

    root = ElementTree.fromstring(as_atom(feed, f"{HOME}/feed.atom"))  # noqa: S314 - our own

    def one(above: ElementTree.Element, name: str) -> str:
        [found] = above.findall(f"{SPACE}{name}")
        assert found.text
        return found.text

    def links(above: ElementTree.Element) -> dict[str, str]:
        return {link.attrib["rel"]: link.attrib["href"] for link in above.findall(f"{SPACE}link")}

    assert root.tag == f"{SPACE}feed"
    assert one(root, "id") == HOME
    assert one(root, "title") == "ปลั๊กอิน / Plugins"
    assert one(root.findall(f"{SPACE}author")[0], "name") == "สพร. / DGA"
    assert links(root) == {"self": f"{HOME}/feed.atom", "alternate": HOME}
    entries = root.findall(f"{SPACE}entry")
    assert [one(entry, "id") for entry in entries] == [item.id for item in feed.items]
    assert [links(entry)["alternate"] for entry in entries] == [item.url for item in feed.items]
    times = [moment(one(entry, "updated")) for entry in entries]
    assert times == sorted(times, reverse=True)
    assert all(one(entry, "title") and one(entry, "content") for entry in entries)
    assert moment(one(root, "updated")) == (max(times) if times else feed.updated)


@given(items=st.lists(ITEMS, max_size=4))
def test_a_feed_of_any_texts_is_a_json_feed_as_the_specification_has_it(items: list[Item]) -> None:
    feed = a_feed(items)

    told: dict[str, Any] = json.loads(as_json(feed, f"{HOME}/feed.json"))

    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert (told["home_page_url"], told["feed_url"]) == (HOME, f"{HOME}/feed.json")
    assert told["authors"] == [{"name": "สพร. / DGA"}]
    assert [one["id"] for one in told["items"]] == [item.id for item in feed.items]
    for one, item in zip(told["items"], feed.items, strict=True):
        assert one.keys() == {"id", "url", "title", "content_text", "date_published"}
        assert moment(one["date_published"]) == item.at
        assert " / " in one["title"]
