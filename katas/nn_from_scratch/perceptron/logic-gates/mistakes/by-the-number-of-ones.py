"""separable says no to every table with two 1s.

Six tables have two 1s, and four of them have a line: (0, 0, 1, 1) is just the first input, with the
weights (1, 0) and a bias of -0.5. What matters is where the 1s are: on a side of the square, or on
a diagonal.
"""


def separable(table):
    return sum(table) != 2
