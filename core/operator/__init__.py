"""The desk of whoever runs the platform for many municipalities, in a tenant of its own."""
