"""Rows of disasters."""
