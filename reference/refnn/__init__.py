"""A neural network, from a number that records how it was computed to a reader of handwritten digits."""
