"""Rows of building permits, a module for each part of it."""
