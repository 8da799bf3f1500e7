"""Building permits: the small house decided at the counter, and the ordinary way."""
