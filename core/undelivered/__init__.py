"""Work in the background that failed for good, listed so that a person can have it done."""
