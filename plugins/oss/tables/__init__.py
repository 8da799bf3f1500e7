"""Rows of the one-stop service, a module for each part of it."""
