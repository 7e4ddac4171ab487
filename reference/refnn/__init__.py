"""A neural network built from nothing: from a number that records how it was computed to digits."""
