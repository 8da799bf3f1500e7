"""What is asked of whoever enters, writes on and drafts letters."""
