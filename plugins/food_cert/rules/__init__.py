"""What the law says of food premises, as functions of their arguments."""
