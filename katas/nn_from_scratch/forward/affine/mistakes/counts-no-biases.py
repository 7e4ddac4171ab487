"""count_params counts the weights and leaves out the biases.

For [64, 32, 10] it gives 2368 instead of 2410: the two layers also have 32 and 10 biases. Each layer
has one bias per output.
"""


def count_params(sizes):
    return sum(i * o for i, o in zip(sizes, sizes[1:], strict=False))
