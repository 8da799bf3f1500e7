"""What publishers and curators fill in."""
