"""The services that ship with the platform, each a plugin in a folder of its own."""
