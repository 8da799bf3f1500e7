"""Codes by which people pay and by which a payment is found again. Pure functions and values."""
