"""What can be done in the waste bank."""
