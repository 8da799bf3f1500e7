"""Rows of the register of service points, of tariffs, and of billing runs."""
