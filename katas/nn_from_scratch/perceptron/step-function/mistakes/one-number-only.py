"""step decides with `if`, which works for one number only.

`if x > 0` needs a single yes or no. For an array with 3 numbers, `x > 0` has 3 answers, and Python
raises a ValueError. Do not branch: compare the whole array, and use the result of the comparison.
"""


def step(x, at_zero=1):
    if x > 0:
        return 1
    if x == 0:
        return at_zero
    return 0
