"""What is asked about assets and incidents."""
