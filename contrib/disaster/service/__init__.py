"""What can be done about a disaster."""
