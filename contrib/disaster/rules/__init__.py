"""What the law and the office say of disasters, as arithmetic."""
