"""What pages of food premises ask, and how it is read."""
