"""The figures that are open to all: every service by month, without anything of a person.

Only whole months that have ended are given, so that a row never changes afterwards. A count of one
to four could point to somebody, so it is left out together with what it could be worked out from.

Law: Digital Government Act B.E. 2562, s. 17 (open data are free of charge and can be used again).
"""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from core.api import Context, Text
from kit.casework.declaration import Service
from kit.casework.periods import Period, month_of, months_back
from kit.casework.service.catalogue import known_services
from kit.casework.service.figures import Sieve
from kit.casework.service.monthly import Month, count_months
from kit.documents import csv_of
from kit.thai import WorkingDays, fiscal_year

MONTHS_GIVEN = 24
SMALLEST = 5
LICENCE = "Creative Commons Attributions"  # as the government's catalogue writes it
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


class ServiceMonth(msgspec.Struct, frozen=True, kw_only=True):
    """One service in one month. None: left out and named in ``hidden``, or nothing ended."""

    month: str
    fiscal_year: int
    service: str
    service_th: str
    service_en: str
    filed: int | None
    decided: int | None
    decided_in_time: int | None
    median_days: int | None
    nine_of_ten_days: int | None
    days_unit: str
    hidden: str


COLUMNS: dict[str, Text] = {
    "month": Text("เดือน (ค.ศ.-เดือน)", "Month (common year-month)"),
    "fiscal_year": Text("ปีงบประมาณ พ.ศ.", "Budget year, Buddhist Era"),
    "service": Text("รหัสบริการ", "Code of the service"),
    "service_th": Text("ชื่อบริการภาษาไทย", "Name of the service in Thai"),
    "service_en": Text("ชื่อบริการภาษาอังกฤษ", "Name of the service in English"),
    "filed": Text("จำนวนเรื่องที่ยื่นในเดือน", "Requests filed in the month"),
    "decided": Text("จำนวนเรื่องที่อนุมัติหรือไม่อนุมัติในเดือน", "Requests approved or refused in the month"),
    "decided_in_time": Text(
        "ในจำนวนนั้น ตัดสินไม่เกินวันครบกำหนด", "Of those, decided not after the last day of the law"
    ),
    "median_days": Text(
        "ครึ่งหนึ่งของเรื่องที่ตัดสินใช้ไม่เกินกี่วัน", "Half of those decided took at most so many days"
    ),
    "nine_of_ten_days": Text(
        "9 ใน 10 ของเรื่องที่ตัดสินใช้ไม่เกินกี่วัน", "Nine of ten of those took at most so many days"
    ),
    "days_unit": Text(
        "หน่วยของวัน: working_days คือวันทำการ days คือวันปฏิทิน",
        "Unit of the days: working_days or days of the calendar",
    ),
    "hidden": Text(
        "ชื่อคอลัมน์ที่ไม่เปิดเผยในแถวนี้เพราะจำนวนน้อย คั่นด้วยช่องว่าง",
        "Columns left out of this row because the count is small, between spaces",
    ),
}


class Column(msgspec.Struct, frozen=True):
    """What a column says."""

    name: str
    about: Text


class OpenData(msgspec.Struct, frozen=True, kw_only=True):
    """The data set with its description.

    :param first_month: as YYYY-MM, ``last_month`` too.
    :param updated_on: ISO 8601; the set changes on the first of each month.
    """

    title: Text
    publisher: Text
    licence: str
    licence_url: str
    first_month: str
    last_month: str
    updated_on: str
    small_counts: Text
    columns: list[Column]
    rows: list[ServiceMonth]


TITLE = Text("สถิติการให้บริการประชาชนรายเดือน", "Monthly figures of services to citizens")
SMALL_COUNTS = Text(
    f"ไม่เปิดเผยจำนวน 1 ถึง {SMALLEST - 1} เพราะอาจโยงถึงตัวบุคคล และไม่เปิดเผยจำนวนที่ทันกำหนด"
    f"เมื่อจำนวนที่เกินกำหนดอยู่ในช่วงนั้น เดือนที่ไม่มีเรื่องยื่นหรือตัดสินไม่มีแถว",
    f"Counts of 1 to {SMALLEST - 1} are left out, since they could point to somebody; so is the "
    f"count in time where that of late ones is so small. A month without requests has no row.",
)


def period_given(today: date) -> Period:
    """Return the months of the set: the last that have ended."""
    last = today.replace(day=1) - timedelta(days=1)
    return Period(months_back(last, MONTHS_GIVEN)[-1], last)


async def open_data(ctx: Context) -> OpenData:
    """Return the whole set, the oldest month first."""
    period = period_given(ctx.today)
    months = await count_months(ctx, Sieve(period=period))
    services = await known_services(ctx)
    return OpenData(
        title=TITLE,
        publisher=ctx.tenant.name,
        licence=LICENCE,
        licence_url=LICENCE_URL,
        first_month=f"{period.first:%Y-%m}",
        last_month=f"{period.last:%Y-%m}",
        updated_on=month_of(ctx.today).first.isoformat(),
        small_counts=SMALL_COUNTS,
        columns=[Column(name, about) for name, about in COLUMNS.items()],
        rows=[row_of(day, services[code], month) for (day, code), month in months.items()],
    )


def row_of(day: date, service: Service, month: Month) -> ServiceMonth:
    """Return the row of a service in a month, without what may not be told."""
    working = isinstance(service.within, WorkingDays)
    decided = month.decided
    took = (decided.working if working else decided.days) or (None, None)
    counts: dict[str, int | None] = {
        "filed": month.filed,
        "decided": decided.total,
        "decided_in_time": decided.in_time,
        "median_days": took[0],
        "nine_of_ten_days": took[1],
    }
    hidden = [name for name in counts if name in _hidden(month)]
    return ServiceMonth(
        month=f"{day:%Y-%m}",
        fiscal_year=fiscal_year(day),
        service=service.code,
        service_th=service.title.th,
        service_en=service.title.en,
        days_unit="working_days" if working else "days",
        hidden=" ".join(hidden),
        **{name: None if name in hidden else count for name, count in counts.items()},
    )


def _hidden(month: Month) -> Iterable[str]:
    """Yield the columns that are left out: small counts, and what would give them away."""
    if _small(month.filed):
        yield "filed"
    total, in_time = month.decided.total, month.decided.in_time
    if _small(total):
        yield from ("decided", "decided_in_time", "median_days", "nine_of_ten_days")
    if _small(in_time) or _small(total - in_time):
        yield "decided_in_time"


def _small(count: int) -> bool:
    return 0 < count < SMALLEST


def open_csv(data: OpenData) -> bytes:
    """Return the rows as CSV, the names of the columns first."""
    names = list(COLUMNS)
    return csv_of(names, [[getattr(row, name) for name in names] for row in data.rows])
