"""What runs in the background, and what officers are told."""

from core.api import Job
from plugins.eoffice.service import (
    cases,
    collecting,
    dispatches,
    disposal_messages,
    exporting,
    exports,
    hearing,
    loan_messages,
    neighbours,
    outbox,
    overview,
    petitions,
    printing,
    searching,
    taking,
    tasks,
)

JOBS = (
    Job(name=overview.JOB, run=overview.remind, every="45 8 * * 1-5"),
    # It puts itself off for as long as the other side is away.
    Job(name=dispatches.SEND, run=outbox.send),
    Job(name=collecting.JOB, run=collecting.collect, every="*/5 * * * *"),
    Job(name=petitions.TAKE, run=petitions.take_by_itself),
    Job(name=printing.STAMP, run=printing.stamp_copy),
    Job(name=searching.READ, run=searching.read_files),
    Job(name=neighbours.TAKE, run=neighbours.take_over),
    Job(name=neighbours.RECEIPT, run=neighbours.take_receipt),
    Job(name=loan_messages.JOB, run=loan_messages.remind, every="40 8 * * *"),
    # A year of a large office is tens of thousands of files.
    Job(name=exports.JOB, run=exporting.make, budget=3_600),
)
MESSAGES = (
    tasks.CAME,
    taking.CAME_IN,
    outbox.STUCK,
    hearing.NOT_TAKEN,
    hearing.DOUBTED,
    hearing.WITHDRAWN,
    hearing.UNDELIVERED,
    hearing.SAID,
    cases.ANSWERED,
    overview.DUE,
    loan_messages.ASKED,
    loan_messages.LATE,
    disposal_messages.WAITS,
)
