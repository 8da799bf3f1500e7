"""What is asked of who writes on a letter."""

from core.api import Text
from kit.forms import AnyField, Choice, Choices, Day, Lines
from plugins.eoffice.forms.receiving import Posts, options, post_options
from plugins.eoffice.rules.endorsing import ACTIONS, answers_to


def endorsement(asked: str, held: Posts, *, returnable: bool) -> tuple[AnyField, ...]:
    """Return the questions: what is to be done, in which words, by whom.

    :param asked: of the post that writes.
    :param returnable: whether some post sent it here.
    """
    titles = {name: ACTIONS[name].title for name in answers_to(asked, returnable=returnable)}
    first: tuple[AnyField, ...] = (
        Choice("action", Text("การดำเนินการ", "What you do"), options=options(titles)),
        Lines("text", Text("ข้อความเกษียน", "In words"), longest=2_000, required=False),
    )
    if all(ACTIONS[name].targets == "none" for name in titles):
        return first
    return (
        *first,
        Choices("to", Text("ส่งถึง", "Goes to"), options=post_options(held), required=False),
        Day("due_on", Text("ขอให้ตอบภายใน", "To act by"), required=False, latest_days=3650),
    )
