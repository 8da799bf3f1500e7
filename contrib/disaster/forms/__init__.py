"""What the forms of disasters ask."""
