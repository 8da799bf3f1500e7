"""Forms as data: what is asked, how it is read, shown and described, for every service.

A form is a tuple of fields, the same whether a plugin declares it in code or an officer
made it in the browser: ``msgspec.to_builtins`` and ``msgspec.convert(…, type=Form)`` carry
it there and back. From it come the HTML (macros of ``forms/fields.html``), the reading of
what was posted, the JSON interface with its schema, and the answers in words.
"""

from core.api import LEVEL
from kit.forms.addresses import AddressField
from kit.forms.answers import Answer, describe
from kit.forms.checking import check_fields
from kit.forms.choices import Choice, Choices, Option, Yes
from kit.forms.cleaning import clean, line
from kit.forms.days import Day
from kit.forms.field import JSON, Field, When
from kit.forms.files import File, SentFile
from kit.forms.identity import JuristicID, Phone, ThaiID
from kit.forms.kinds import AnyField, Form
from kit.forms.moments import moment_fields, read_moment
from kit.forms.numbers import Money, Number
from kit.forms.pages import Page, pages, shown
from kit.forms.pins import Pin
from kit.forms.place import Place
from kit.forms.plots import Plot, outline_of
from kit.forms.posted import (
    AnyRequest,
    Posted,
    first,
    read_files,
    read_page,
    read_posted,
    read_revision,
    revision_of,
)
from kit.forms.reading import Reading, fill, read, read_json
from kit.forms.schema import json_schema
from kit.forms.settings import OfficeSettings, SettingsGroup
from kit.forms.sheets import Groups, Sheet, fields_of, form_page, read_sheet, show_sheet, ungrouped
from kit.forms.texts import Email, Line, Lines

__all__ = [
    "JSON",
    "LEVEL",
    "AddressField",
    "Answer",
    "AnyField",
    "AnyRequest",
    "Choice",
    "Choices",
    "Day",
    "Email",
    "Field",
    "File",
    "Form",
    "Groups",
    "JuristicID",
    "Line",
    "Lines",
    "Money",
    "Number",
    "OfficeSettings",
    "Option",
    "Page",
    "Phone",
    "Pin",
    "Place",
    "Plot",
    "Posted",
    "Reading",
    "SentFile",
    "SettingsGroup",
    "Sheet",
    "ThaiID",
    "When",
    "Yes",
    "check_fields",
    "clean",
    "describe",
    "fields_of",
    "fill",
    "first",
    "form_page",
    "json_schema",
    "line",
    "moment_fields",
    "outline_of",
    "pages",
    "read",
    "read_files",
    "read_json",
    "read_moment",
    "read_page",
    "read_posted",
    "read_revision",
    "read_sheet",
    "revision_of",
    "show_sheet",
    "shown",
    "ungrouped",
]
