"""Automatic differentiation on single numbers: a graph of values and the walk back through it."""
