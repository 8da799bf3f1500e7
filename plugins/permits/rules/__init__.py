"""The rules of building, as functions over values; nothing here knows a database."""
