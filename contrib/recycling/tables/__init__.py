"""Rows of the waste bank."""
