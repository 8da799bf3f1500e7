"""The one-stop service: the public front door of a municipality, for citizens and the counter."""
