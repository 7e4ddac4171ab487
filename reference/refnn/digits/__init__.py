"""Handwritten digits: the data, and a network that learns to read them."""
