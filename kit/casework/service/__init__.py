"""What can be done with cases, and what can be read of them."""
