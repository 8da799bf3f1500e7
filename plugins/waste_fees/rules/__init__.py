"""What a fee is made of, as arithmetic: the register's facts, tariffs, months, lines of a bill."""
