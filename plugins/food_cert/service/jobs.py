"""What runs by the clock and in the background, what it tells, and the settings of an office."""

from core.api import Job
from plugins.food_cert.service import (
    billing,
    handler_reminders,
    letters,
    order_ends,
    positions,
    posted,
    reducing,
    reminders,
    reminding,
    surcharges,
    waivers,
)

JOBS = (
    Job(name=order_ends.JOB, run=order_ends.end_orders, every="5 0 * * *"),
    Job(name=billing.JOB, run=billing.bill, every="20 5 * * *"),
    Job(name=surcharges.JOB, run=surcharges.surcharge_overdue, every="40 5 * * *"),
    Job(name=reminding.JOB, run=reminding.remind_fees, every="0 9 * * *"),
    Job(name=handler_reminders.JOB, run=handler_reminders.remind, every="20 9 * * *"),
    Job(name=reminders.JOB, run=reminders.remind, every="25 9 * * *"),
    Job(name=waivers.JOB, run=reducing.reduce),
    Job(name=letters.JOB, run=letters.work),
    Job(name=posted.JOB, run=posted.work),
)
MESSAGES = (*reminding.MESSAGES.values(), handler_reminders.MESSAGE, reminders.MESSAGE)
SETTINGS = {**reminding.DEFAULTS, **positions.DEFAULTS, **reminders.DEFAULTS}
