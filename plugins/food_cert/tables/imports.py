"""Rows of the office's present register as files: what each held, what was taken over of it."""

from kit.registers import ImportedOfTenant


class Imported(ImportedOfTenant, tablename="imported", schema="food_cert"):
    """A file of the present register; of its good rows how many of a kind, and the first."""
