"""param_count counts the arrays, not their entries.

A convolution with 8 filters of 3 × 3 has two arrays, and 80 parameters.
"""


def param_count(model):
    return len(model.params)
