"""Keeping score."""
