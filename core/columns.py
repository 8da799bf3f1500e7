"""Types of columns that Piccolo does not have."""

from piccolo.columns import Column


class TSVector(Column):
    """Words to be found (``tsvector``), given and read as PostgreSQL writes them."""

    value_type = str

    @property
    def column_type(self) -> str:
        """The type's name in the database."""
        return "TSVECTOR"
