"""The minimal core: plugin host, tenants, identity, audit, notifications, database, HTTP shell.

It knows no service.
"""
