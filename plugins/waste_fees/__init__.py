"""Fees for waste and wastewater: who is served where, what it costs from when, and their bills."""
