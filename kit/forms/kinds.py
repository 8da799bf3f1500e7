"""Every kind of field that there is, and forms of them."""

from kit.forms.addresses import AddressField
from kit.forms.choices import Choice, Choices, Yes
from kit.forms.days import Day
from kit.forms.files import File
from kit.forms.identity import JuristicID, Phone, ThaiID
from kit.forms.numbers import Money, Number
from kit.forms.pins import Pin
from kit.forms.plots import Plot
from kit.forms.texts import Email, Line, Lines

AnyField = (
    Line
    | Lines
    | ThaiID
    | JuristicID
    | Phone
    | Email
    | AddressField
    | Number
    | Money
    | Day
    | Choice
    | Choices
    | Yes
    | File
    | Pin
    | Plot
)
Form = tuple[AnyField, ...]
