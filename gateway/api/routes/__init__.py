"""The rows of the route table, one module an area."""
