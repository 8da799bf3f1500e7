"""The switchboard: what modules there are, how they do, and what a switch changes."""
