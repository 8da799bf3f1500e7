"""A municipality moves: all that is its own goes into one file, and into another installation."""
