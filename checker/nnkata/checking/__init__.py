"""Checking one module: run the hidden checks on it, and find the likely cause of a failure."""
