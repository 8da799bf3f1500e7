"""The services of the plugin, as declarations that hold the figures of an office."""
