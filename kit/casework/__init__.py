"""Cases: what citizens ask of the office, handled step by step against the legal clock.

A service is one declaration (:class:`Service`). From it come the guide, the
form, the checklist, the state machine, the inbox, the clock, the papers, the
tracking page and the figures.
"""

from kit.casework.applicant import questions
from kit.casework.declaration import (
    Appeal,
    Applying,
    Document,
    Fee,
    Pause,
    Service,
    Step,
    check_service,
    digest,
    dump,
    load,
)
from kit.casework.service.catalogue import get_offered, offered, pin
from kit.casework.service.counting import count_open
from kit.casework.service.filing import Filed, file_case
from kit.casework.service.trying import sample_paper
from kit.casework.states import Act, Outcome, Post, Status

__all__ = [
    "Act",
    "Appeal",
    "Applying",
    "Document",
    "Fee",
    "Filed",
    "Outcome",
    "Pause",
    "Post",
    "Service",
    "Status",
    "Step",
    "check_service",
    "count_open",
    "digest",
    "dump",
    "file_case",
    "get_offered",
    "load",
    "offered",
    "pin",
    "questions",
    "sample_paper",
]
