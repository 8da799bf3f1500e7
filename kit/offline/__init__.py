"""What is filled in without a signal is kept on the device and sent once when the line is back.

One mechanism for every form that people take outside: a page declares itself with the macros of
``offline/offline.html``; its worker keeps the page and what was filled in, photos included, and
sends it under its idempotency key. A handler reads that key with :func:`read_sending`, does its
work within :func:`once`, and answers with :func:`reply`.
"""

from core.api import LEVEL
from kit.offline.receipts import Answer, Sending, note_answer, once
from kit.offline.receiving import read_sending, reply

__all__ = ["LEVEL", "Answer", "Sending", "note_answer", "once", "read_sending", "reply"]
