"""Softer probabilities."""
