"""Runs the Knative manifests, its only input, on one machine. Never imports a function; refuses what it cannot do.

docs/runner.md says what is honoured and where this differs from Knative.
"""
