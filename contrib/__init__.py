"""Services kept by others: same rooms, same rules as plugins."""
