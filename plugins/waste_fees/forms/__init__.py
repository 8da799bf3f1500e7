"""What the desk's forms ask, and how it is read."""
