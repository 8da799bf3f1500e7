"""Cases: what citizens ask of the office, handled step by step against the legal clock.

A service is one declaration (:class:`Service`). From it come the guide, the
form, the checklist, the state machine, the inbox, the clock, the papers, the
tracking page and the figures.
"""

from core.api import LEVEL
from kit.casework.applicant import Applicant, questions
from kit.casework.declaration import (
    Appeal,
    Applying,
    Correction,
    Document,
    Fee,
    Notice,
    Pause,
    Service,
    Step,
    check_service,
    digest,
    dump,
    load,
)
from kit.casework.examination import Examination, FeeLine, Finding, PaperParts, Verdict
from kit.casework.messages import tell_of_letter
from kit.casework.routes.carrying import grants_router
from kit.casework.routes.cookies import to_draft
from kit.casework.service.again import begin_filled, known_of_case
from kit.casework.service.attaching import forget as forget_files
from kit.casework.service.attaching import keep as keep_file
from kit.casework.service.carrying import (
    Carrier,
    count_grants,
    drop_grant,
    finish_grant,
    follow_granted,
    grant_problem,
    waiting_grants,
)
from kit.casework.service.catalogue import get_offered, offered, pin
from kit.casework.service.counter import Known, Slip, find_known, print_slip, read_slip
from kit.casework.service.counting import count_open
from kit.casework.service.dossiers import Dossier, read_dossier
from kit.casework.service.filing import Filed, file_case, find_filed
from kit.casework.service.joining import case_visits
from kit.casework.service.leading import lead_case
from kit.casework.service.reading import find_tracked, view_as_citizen
from kit.casework.service.requested import (
    Course,
    Request,
    as_decided,
    read_course,
    read_request,
    read_requests,
)
from kit.casework.service.standing import Decided, count_asked_for, count_decided
from kit.casework.service.trying import sample_paper
from kit.casework.service.whereabouts import Whereabouts, cases_at, left_step_on, whereabouts
from kit.casework.states import CLOSED, IN_STEPS, Act, Outcome, Post, Status
from kit.casework.verdicts import found, judged, missing
from kit.casework.visits import CaseVisit, VisitState
from kit.thai import calendar_of

__all__ = [
    "CLOSED",
    "IN_STEPS",
    "LEVEL",
    "Act",
    "Appeal",
    "Applicant",
    "Applying",
    "Carrier",
    "CaseVisit",
    "Correction",
    "Course",
    "Decided",
    "Document",
    "Dossier",
    "Examination",
    "Fee",
    "FeeLine",
    "Filed",
    "Finding",
    "Known",
    "Notice",
    "Outcome",
    "PaperParts",
    "Pause",
    "Post",
    "Request",
    "Service",
    "Slip",
    "Status",
    "Step",
    "Verdict",
    "VisitState",
    "Whereabouts",
    "as_decided",
    "begin_filled",
    "calendar_of",
    "case_visits",
    "cases_at",
    "check_service",
    "count_asked_for",
    "count_decided",
    "count_grants",
    "count_open",
    "digest",
    "drop_grant",
    "dump",
    "file_case",
    "find_filed",
    "find_known",
    "find_tracked",
    "finish_grant",
    "follow_granted",
    "forget_files",
    "found",
    "get_offered",
    "grant_problem",
    "grants_router",
    "judged",
    "keep_file",
    "known_of_case",
    "lead_case",
    "left_step_on",
    "load",
    "missing",
    "offered",
    "pin",
    "print_slip",
    "questions",
    "read_course",
    "read_dossier",
    "read_request",
    "read_requests",
    "read_slip",
    "sample_paper",
    "tell_of_letter",
    "to_draft",
    "view_as_citizen",
    "waiting_grants",
    "whereabouts",
]
