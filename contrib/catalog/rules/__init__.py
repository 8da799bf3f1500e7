"""What holds for submissions, without a database or a clock."""
