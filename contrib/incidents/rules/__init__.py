"""What is promised and decided about incidents, as functions of their arguments."""
