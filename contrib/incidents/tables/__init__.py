"""Rows of assets, reports and the keys of other programs."""
