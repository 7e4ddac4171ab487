"""A neural network, from one number that remembers its history to reading handwritten digits."""
