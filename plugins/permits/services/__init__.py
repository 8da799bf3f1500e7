"""The services of the plugin, as declarations."""
