"""What is posted to the pages of the one-stop service, and how it is read."""
