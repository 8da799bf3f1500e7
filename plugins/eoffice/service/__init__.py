"""What can be done with letters."""
