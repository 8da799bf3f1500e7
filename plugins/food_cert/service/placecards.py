"""What the parts of the work have to say on the page of a place."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from core.api import Card, Context
from plugins.food_cert.service import complaints, handlers, hygiene_reading, order_list, owing

Part = Callable[[Context, Mapping[str, Any]], Awaitable[Sequence[Card]]]
# Each is given the row of the place, and answers with the cards that its reader may see.
PARTS: tuple[Part, ...] = (
    hygiene_reading.cards_of_place,
    owing.cards_of_place,
    order_list.cards_of_place,
    handlers.cards_of_place,
    complaints.cards_of_place,
)


async def cards(ctx: Context, place: Mapping[str, Any]) -> list[Card]:
    """Return the cards of a place, the most pressing first."""
    found = [card for part in PARTS for card in await part(ctx, place)]
    return sorted(found, key=lambda card: card.order)
