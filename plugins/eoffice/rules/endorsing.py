"""What an officer may write on a letter (เกษียน), and what follows from it.

A letter waits for a post; who sits there writes what is to be done, and by that sends it on, back,
or ends it. Several posts may be asked at once for their opinion or to take note.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from core.api import Text
from plugins.eoffice.rules.states import State

Asked = Literal["consider", "acknowledge", "opinion", "review", "sign"]

ASKED: Mapping[str, Text] = {
    "consider": Text("เพื่อพิจารณา", "To be considered"),
    "acknowledge": Text("เพื่อทราบ", "To take note"),
    "opinion": Text("เพื่อให้ความเห็น", "For an opinion"),
    "review": Text("เพื่อตรวจร่าง", "A draft to be looked at"),
    "sign": Text("เพื่อลงนาม", "To be signed"),
}


class Action(Struct, frozen=True, kw_only=True):
    """One way to deal with a letter.

    :param title: on the button and on the sheet of endorsements.
    :param targets: to how many posts it goes: none, one, one or more, any number; where any may
        be none, it goes back to the post that sent it.
    :param asks: of the posts that it goes to.
    :param of: what the writer was asked for, where this is an answer.
    :param stays: the letter stays with the writer, who waits for the others.
    :param needs_text: without words it says nothing.
    """

    title: Text
    targets: Literal["none", "one", "some", "any"] = "none"
    asks: Asked = "consider"
    of: frozenset[str] = frozenset({"consider"})
    stays: bool = False
    needs_text: bool = False


_ANY = frozenset({"consider", "opinion", "acknowledge"})
_DRAFTED = frozenset({"review", "sign"})

ACTIONS: Mapping[str, Action] = {
    "propose": Action(title=Text("เสนอ", "Propose"), targets="one"),
    "assign": Action(title=Text("มอบ", "Assign"), targets="some"),
    "approve": Action(title=Text("อนุมัติ", "Approve"), targets="any"),
    "agree": Action(title=Text("เห็นชอบ", "Agree"), targets="any"),
    "refuse": Action(title=Text("ไม่อนุมัติ", "Refuse"), targets="any", needs_text=True),
    "ask": Action(
        title=Text("ขอความเห็น", "Ask for opinions"), targets="some", asks="opinion", stays=True
    ),
    "circulate": Action(
        title=Text("เวียนทราบ", "Circulate"), targets="some", asks="acknowledge", stays=True
    ),
    "advise": Action(
        title=Text("ให้ความเห็น", "Give an opinion"), of=frozenset({"opinion"}), needs_text=True
    ),
    "note": Action(title=Text("ทราบ", "Noted"), of=_ANY),
    "finish": Action(title=Text("ดำเนินการเสร็จ", "Dealt with"), needs_text=True),
    "submit": Action(title=Text("เสนอร่าง", "Submit the draft"), targets="one", asks="review"),
    "check": Action(
        title=Text("ตรวจแล้ว เสนอต่อ", "Looked at, to the next"),
        targets="one",
        asks="review",
        of=_DRAFTED,
    ),
    "sign": Action(title=Text("ลงนาม", "Sign"), of=frozenset({"sign"})),
    "return": Action(title=Text("ส่งคืน", "Send back"), of=_ANY | _DRAFTED, needs_text=True),
    "recall": Action(title=Text("ดึงคืน", "Recall"), of=frozenset()),
}
# Written by who has no task: the one who drafts, and whoever calls a letter back.
_OF_TASK = {name: one for name, one in ACTIONS.items() if one.of and name not in ("submit", "sign")}


def answers_to(asked: str, *, returnable: bool) -> list[str]:
    """Return what may be written on a letter by a post that was asked so, the usual first.

    :param returnable: some post sent it here.
    """
    found = [name for name, one in _OF_TASK.items() if asked in one.of]
    return [name for name in found if returnable or name != "return"]


def after(action: str, state: str, *, waits: bool) -> str:
    """Return how a letter stands once an action is written.

    :param waits: it still waits for a post.
    """
    if action == "submit":
        return State.ROUTED
    if action == "return" and state == State.ROUTED and not waits:
        return State.DRAFT
    if state == State.REGISTERED and not waits and action in ("finish", "note"):
        return State.CLOSED
    return state
