"""What the tutorial lets its reader do by hand at the operator's desk, in a browser."""

import re
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from contrib.catalog.rules.checklist import POINTS, words_of
from contrib.catalog.rules.states import ACT_WORDS, IN_WORDS, Act, State
from core.catalog.entries import STANDINGS
from tests.docs.visitor import Visitor

HOME = "/desk/curation"
PATIENCE = 600  # seconds for a run of the checks on a machine that does much else
_SUBMISSION = re.compile(rf'href="({HOME}/[0-9a-f-]{{36}})"')
_DOCUMENT = re.compile(rf'href="({HOME}/signing/([a-z-]+)/document)"')
PUBLISHER = {"code": "khampan", "title": "คำปัน ใจยา", "email": "khampan@maehia.example"}
ANSWERS: Mapping[str, str | list[str]] = {
    "title_th": "ราคารับซื้อของรีไซเคิล",
    "title_en": "Recycling prices",
    "summary_th": "ราคาวันนี้ และการไปรับถึงบ้าน",
    "summary_en": "The prices of today, and collection",
    "notes_th": "รุ่นแรก",
    "notes_en": "The first version",
    "data": ["open", "personal"],
    "personal": "ชื่อ โทรศัพท์ และที่อยู่ของผู้ขอ เพื่อไปรับของ ลบตามกำหนดของหน่วยงาน",
    "network": "no",
    "law": "พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 18",
    "licence": "Apache-2.0",
    "rights": "yes",
}


def at_desk(port: int, role: str) -> Visitor:
    visitor = Visitor(port, "dga")
    visitor.sign_in(role)
    return visitor


def hand_it_in(port: int, folder: Path) -> None:
    """Register a publisher, and hand in the wheel with its source and what is asked."""
    with at_desk(port, "officer") as publisher:
        asked = publisher.send(publisher.open(f"{HOME}/new"), "/publisher", PUBLISHER)
        names = {"wheel": "thongthin_scrap-0.1.0-py3-none-any.whl", "source": "source.tar.gz"}
        files = {one: (name, (folder / "dist" / name).read_bytes()) for one, name in names.items()}
        there = publisher.send(asked, "/new", ANSWERS, files)
        assert IN_WORDS[State.SUBMITTED].th in there.text
        assert "ทุกไฟล์ใน wheel ตรงกับซอร์สที่แนบมา" in there.text


def look_it_through(port: int, _folder: Path) -> None:
    """Take it, have it tried and answer the checklist as one curator; agree as another."""
    with at_desk(port, "head") as first, at_desk(port, "director") as second:
        [home] = set(_SUBMISSION.findall(first.open(HOME).text))
        first.send(first.open(home), "/take", {})
        first.send(first.open(home), "/check", {})
        until = time.monotonic() + PATIENCE
        while IN_WORDS[State.CHECKING].th in (page := first.open(home)).text:
            assert time.monotonic() < until, page.text
            time.sleep(1)
        assert any(f">{one.th}<" in page.text for one in STANDINGS.values()), page.text
        answers = {one.code: "yes" for one in POINTS}
        answers |= {"difference": "na", words_of("difference"): "รุ่นแรก"}
        kept = first.send(first.open(f"{home}/checklist"), "/checklist", answers)
        waits = first.send(kept, "/propose", {})
        assert ACT_WORDS[Act.AGREE].th not in waits.text
        agreed = second.send(second.open(home), "/agree", {})
        assert IN_WORDS[State.SIGNING].th in agreed.text


def take_along(role: str, port: int, folder: Path) -> None:
    """Download all that waits to be signed."""
    with at_desk(port, role) as curator:
        found = dict(_DOCUMENT.findall(curator.open(f"{HOME}/signing").text))
        assert set(found.values()) == {"targets", "khampan"}
        for path, name in found.items():
            (folder / role / f"{name}.json").write_bytes(curator.open(path).content)


def bring_back(role: str, then: str, port: int, folder: Path) -> None:
    """Hand in what was signed, each at its document."""
    with at_desk(port, role) as curator:
        for file in sorted((folder / role).glob("*.json"), reverse=True):
            signed = {"signed": (file.name, file.read_bytes())}
            page = curator.open(f"{HOME}/signing")
            page = curator.send(page, f"/{file.stem}", {}, signed)
        assert then in page.text, page.text


BY_HAND: dict[str, Callable[[int, Path], None]] = {
    "hand_it_in": hand_it_in,
    "look_it_through": look_it_through,
    "take_along_as_head": partial(take_along, "head"),
    "bring_back_as_head": partial(bring_back, "head", "รับลายมือชื่อแล้ว"),
    "take_along_as_director": partial(take_along, "director"),
    "bring_back_as_director": partial(bring_back, "director", "เผยแพร่แล้ว"),
}
