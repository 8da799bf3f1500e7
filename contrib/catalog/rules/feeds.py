"""Feeds of the catalog: JSON Feed 1.1 and Atom (RFC 4287), both in Thai with English beside it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

from core.api import Text

JSON_FEED, ATOM = "application/feed+json", "application/atom+xml"
# What a document of XML cannot hold.
_UNTOLD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = "http://www.w3.org/2005/Atom"
ElementTree.register_namespace("", _SPACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What happened once.

    :param id: for ever the same.
    :param url: where more is said, with its host.
    :param at: aware.
    """

    id: str
    url: str
    title: Text
    words: Text
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What happened of late.

    :param home: the page of which it tells, with its host.
    :param updated: aware; of the newest item, or of the catalog where there is none.
    :param items: the newest first.
    """

    title: Text
    author: Text
    home: str
    updated: datetime
    items: Sequence[Item]


def both(text: Text) -> str:
    """Return a text in both languages: who reads a feed has told none."""
    return _UNTOLD.sub("", f"{text.th} / {text.en}")


def as_json(feed: Feed, address: str) -> bytes:
    """Return a feed as JSON Feed.

    :param address: its own, with its host.
    """
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": both(feed.title),
        "home_page_url": feed.home,
        "feed_url": address,
        "language": "th",
        "authors": [{"name": both(feed.author)}],
        "items": [
            {
                "id": one.id,
                "url": one.url,
                "title": both(one.title),
                "content_text": both(one.words),
                "date_published": _moment(one.at),
            }
            for one in feed.items
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def as_atom(feed: Feed, address: str) -> bytes:
    """Return a feed as Atom.

    :param address: its own, with its host.
    """
    root = ElementTree.Element(f"{{{_SPACE}}}feed")
    _add(root, "id", feed.home)
    _add(root, "title", both(feed.title))
    _add(root, "updated", _moment(feed.updated))
    _add(_add(root, "author"), "name", both(feed.author))
    _add(root, "link", rel="self", type=ATOM, href=address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    for one in feed.items:
        entry = _add(root, "entry")
        _add(entry, "id", one.id)
        _add(entry, "title", both(one.title))
        _add(entry, "published", _moment(one.at))
        _add(entry, "updated", _moment(one.at))
        _add(entry, "link", rel="alternate", type="text/html", href=one.url)
        _add(entry, "content", both(one.words), type="text")
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _add(
    above: ElementTree.Element, name: str, words: str = "", **attributes: str
) -> ElementTree.Element:
    made = ElementTree.SubElement(above, f"{{{_SPACE}}}{name}", attributes)
    made.text = words or None
    return made


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
