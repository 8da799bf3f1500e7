"""The minimal core: the plugin host, tenants, identity, audit, notifications, the database and the HTTP shell. It knows no service."""
