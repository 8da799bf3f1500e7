"""Registers that offices keep in files, taken over: looked at first, then all or the good rows.

A plugin says in one :class:`Register` how a file of its register is read, what is held against the
rows that it has, and how the others are entered; :func:`register_router` serves the pages. Each
file stands in the plugin's own table, an :class:`ImportedOfTenant`. Rows are read by
:func:`read_rows`, and what many registers have in their cells by the functions of this room; every
fault is told with its row and its column.
"""

from core.api import LEVEL
from kit.registers.cells import (
    EMPTY_CELL,
    code_of_cell,
    company_id_of_cell,
    needed_of_cell,
    phone_of_cell,
    pin_of_cells,
    subdistrict_of_cell,
    text_of_cell,
)
from kit.registers.declaration import Held, Register, Words
from kit.registers.grounds import need_subdistricts
from kit.registers.routes import register_router
from kit.registers.rows import Once, Parsed, Row, read_cells, read_rows
from kit.registers.tables import ImportedOfTenant
from kit.registers.taking import (
    look_into,
    newest_imported,
    read_imported,
    report_csv,
    take_over,
)

__all__ = [
    "EMPTY_CELL",
    "LEVEL",
    "Held",
    "ImportedOfTenant",
    "Once",
    "Parsed",
    "Register",
    "Row",
    "Words",
    "code_of_cell",
    "company_id_of_cell",
    "look_into",
    "need_subdistricts",
    "needed_of_cell",
    "newest_imported",
    "phone_of_cell",
    "pin_of_cells",
    "read_cells",
    "read_imported",
    "read_rows",
    "register_router",
    "report_csv",
    "subdistrict_of_cell",
    "take_over",
    "text_of_cell",
]
