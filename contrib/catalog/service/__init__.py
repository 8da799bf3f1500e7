"""Submissions are taken, followed and decided about."""
