"""The HTTP API: one module a resource, one table of routes."""
