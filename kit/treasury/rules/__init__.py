"""The arithmetic of fees and tills, as functions of their arguments alone."""
