"""e-Office: official correspondence inside the office and with other agencies."""
