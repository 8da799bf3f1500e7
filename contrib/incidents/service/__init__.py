"""What can be done with assets and incidents."""
