"""count_params counts a bias for every number in sizes, even for the inputs.

For [64, 32, 10] it gives 2474 instead of 2410. The first number is the number of inputs. Inputs are
not a layer and have no biases.
"""


def count_params(sizes):
    return sum(i * o for i, o in zip(sizes, sizes[1:], strict=False)) + sum(sizes)
