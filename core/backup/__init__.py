"""A whole installation in one file, and back: rows, files, and the ends of the audit trails."""
