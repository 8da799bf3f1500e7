"""Rows of publishers and of what they hand in."""
