"""A neural network built from scratch: from a number that records how it was computed to digits."""
