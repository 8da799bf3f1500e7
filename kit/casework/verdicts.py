"""How a rule says what it found: pass, refer or fail, with a sentence that compares.

A limit that nobody has read in the law decides nothing: whatever it says goes to an officer,
and so does whatever was left out.
"""

from collections.abc import Sequence

from core.api import Text
from kit.casework.examination import Finding, Verdict
from kit.law import Entry

_UNREAD = Text(
    "{sentence} เกณฑ์นี้ยังไม่ได้ตรวจกับตัวบท เจ้าหน้าที่เป็นผู้พิจารณา",
    "{sentence} This limit was not yet read in the law; an officer judges.",
)
_MISSING = Text(
    "ยังไม่ทราบ{what} จึงตรวจข้อนี้ไม่ได้ เจ้าหน้าที่เป็นผู้พิจารณา",
    "Not known: {what}. This cannot be checked; an officer judges.",
)


def found(rule: str, title: Text, verdict: Verdict, sentence: Text, by: Entry) -> Finding:
    """Return a finding under the law of ``by``."""
    return Finding(
        rule=rule, title=title, verdict=verdict, sentence=sentence, law=by.law, since=by.since
    )


def judged(
    rule: str, title: Text, fine: bool, sentence: Text, by: Entry, also: Sequence[Entry] = ()
) -> Finding:
    """Return pass or fail where every limit that decides was read, else refer.

    :param also: entries that decide too, beside ``by``.
    """
    if all(one.verified for one in (by, *also)):
        return found(rule, title, Verdict.PASS if fine else Verdict.FAIL, sentence, by)
    return found(rule, title, Verdict.REFER, _UNREAD.format(sentence=sentence), by)


def missing(rule: str, title: Text, what: Text, by: Entry) -> Finding:
    """Return that a fact is not known, without which nothing can be said."""
    return found(rule, title, Verdict.REFER, _MISSING.format(what=what), by)
