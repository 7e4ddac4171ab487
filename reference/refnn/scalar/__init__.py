"""Neurons, layers and training, with every weight a scalar of the automatic differentiation."""
