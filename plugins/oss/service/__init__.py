"""What can be done in the one-stop service, a module for each part of the work."""
