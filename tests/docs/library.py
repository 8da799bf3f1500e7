"""The library of docs/hooks.md: what its examples call. Nothing here asks for the context."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from litestar import get
from piccolo.conf.apps import AppConfig

from core.api import Card, Context, Effect, Manifest, Text, Volume, public
from kit.casework import FeeLine, Outcome, Post, Service, Step
from kit.documents import PaperStanding
from kit.thai import WorkingDays
from kit.treasury import Line

MANIFEST = Manifest(name="library", title=Text("ห้องสมุด", "Library"))
LIBRARY_CARD = Service(
    code="library.card",
    title=Text("บัตรห้องสมุด", "Library card"),
    summary=Text("ยืมหนังสือได้ 5 เล่ม", "Lends 5 books."),
    steps=(
        Step(
            "ready",
            Text("ทำบัตร", "Make the card"),
            Post.OFFICER,
            WorkingDays(1),
            ends=(Outcome.APPROVED,),
        ),
    ),
    within=WorkingDays(1),
)
APP_CONFIG = AppConfig(app_name="library", migrations_folder_path=str(Path(__file__).parent))
DOOR = Card(
    Text("ห้องสมุด", "Library"),
    Text("ค้นหนังสือ", "Find a book"),
    "/library",
    Text("ค้นหา", "Search"),
)
TITLES = ("พระอภัยมณี", "ขุนช้างขุนแผน")


@get("/books", guards=[public])
async def show_books() -> str:
    return "\n".join(TITLES)


def show_isbn(number: str) -> str:
    return f"ISBN {number}"


def read_ktb(body: bytes) -> Line:
    raise ValueError(body)


def answer_ktb(line: Line, ours: str) -> bytes:
    return ours.encode()


def library_closed_on(year: int) -> Sequence[tuple[date, Text]]:
    return [(date(year, 4, 2), Text("วันอนุรักษ์มรดกไทย", "Thai Heritage Day"))]


def card_fee(answers: Mapping[str, Any], on: date) -> FeeLine:
    title = Text("ค่าทำบัตร", "Making the card")
    return FeeLine(code="card", title=title, amount=2_000, revenue="library.fine", basis=title)


def door_to_shelf(track: str) -> Card:
    return DOOR


async def newest(ctx: Context) -> Sequence[str]:
    return TITLES


async def own_services(ctx: Context) -> Sequence[Service]:
    return [LIBRARY_CARD]


async def standing(ctx: Context, paper: UUID) -> PaperStanding:
    return PaperStanding(title=Text("ใช้ได้", "In force"), words=Text("บัตรยังไม่หมดอายุ", "Valid."))


async def done(*_: object, **__: object) -> None:
    """What the library does of its own when it hears of something."""


async def send(address: str, body: str, key: str) -> str:
    return key


async def count_loans(ctx: Context) -> int:
    return 3


async def lent_by_month(ctx: Context, first: date, last: date) -> Sequence[Volume]:
    return [Volume(service="library.card", title=LIBRARY_CARD.title, month=first, filed=7)]


def books_on_loan(count: int) -> Effect:
    return Effect(Text("หนังสือที่ยืมอยู่", "Books on loan"), Text(f"{count} เล่ม", str(count)))


prepare_shelves = reserve_card = activate_card = close_card = put_back = done
lend_again = stop_lending = add_book = done
cards = SimpleNamespace(standing=standing)
conforming = SimpleNamespace(CHECKS=())
reminders = SimpleNamespace(send=done)
gateway = SimpleNamespace(send=send)
