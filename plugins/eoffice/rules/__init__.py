"""What the regulation on correspondence says, as functions of their arguments."""
