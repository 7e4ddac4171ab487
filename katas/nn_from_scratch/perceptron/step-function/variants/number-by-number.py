"""Each number on its own, in Python; one number gives one int."""

import numpy as np


def one(number, at_zero):
    if number > 0:
        return 1
    return at_zero if number == 0 else 0


def step(x, at_zero=1):
    if isinstance(x, int | float):
        return one(x, at_zero)
    x = np.asarray(x)
    answers = [one(number, at_zero) for number in x.ravel()]
    return np.array(answers, dtype=np.int64).reshape(x.shape)
