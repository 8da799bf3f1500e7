"""What citizens ask of the office about the collection of their waste."""

from plugins.waste_fees.services.collection import BEGIN, CHANGE, END

ALL = (BEGIN, CHANGE, END)

__all__ = ["ALL", "BEGIN", "CHANGE", "END"]
