"""What can be done with service points, tariffs and billing runs."""
