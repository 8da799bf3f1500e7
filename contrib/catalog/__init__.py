"""The Curator's desk: plugins are handed in, looked through and decided about."""
