"""Activation functions on arrays, each with its derivative."""
