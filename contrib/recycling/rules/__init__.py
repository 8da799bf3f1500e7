"""What is true of waste and money, as arithmetic."""
