"""Rows of food premises, a module for each part of the work."""
