"""What the treasury does: every query of it is here."""
