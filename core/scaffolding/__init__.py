"""A new plugin: four answers make a distribution that works, with its tests."""
