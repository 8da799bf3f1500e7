"""What can be said of the one-stop service without rows, clock or pages."""
