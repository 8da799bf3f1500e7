"""Rows of the treasury, a module for each part of the books."""
