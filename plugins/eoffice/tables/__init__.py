"""Rows of letters, registers and what travels."""
