"""The pages of the treasury: a bill for everybody, the officers' desks, a citizen's own bills."""

from kit.treasury.routes import (
    agreements,
    bank,
    bill,
    booked,
    books,
    callbacks,
    cheques,
    desk,
    giving_back,
    mine,
    payee,
    reconciliation,
    suspense,
    taking,
    till,
)

routers = [
    bill.router,
    mine.router,
    desk.router,
    taking.router,
    booked.router,
    payee.router,
    till.router,
    cheques.router,
    giving_back.router,
    books.router,
    callbacks.router,
    bank.router,
    suspense.router,
    reconciliation.router,
    agreements.router,
]
