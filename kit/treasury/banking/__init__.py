"""What banks report, in their own formats, as values of ours. Pure functions and values."""
