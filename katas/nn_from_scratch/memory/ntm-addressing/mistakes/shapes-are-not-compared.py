"""The shapes of the arguments are not compared.

numpy notices only some of the wrong shapes: a weighting of one number is broadcast over all rows,
without an error. Raise a ValueError.
"""


def _check_memory(memory):
    pass


def _check_shape(vector, length):
    pass
