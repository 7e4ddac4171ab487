"""Handwritten digits: the data, and the training of a network that classifies them."""
