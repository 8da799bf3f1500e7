"""A plugin leaves: its rows and files are taken along, then its tables are removed."""
