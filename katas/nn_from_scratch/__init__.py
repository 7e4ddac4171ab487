"""The course nn_from_scratch: a neural network from nothing, one module at a time."""
