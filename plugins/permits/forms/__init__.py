"""What pages of permits ask, and how it is read."""
