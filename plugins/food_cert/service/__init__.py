"""What the plugin does with its rows."""
