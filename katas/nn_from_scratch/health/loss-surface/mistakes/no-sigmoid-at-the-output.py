"""The output is not passed through the sigmoid.

For w1 = 0 and w2 = 2, it is 2 · 0.5 = 1 and not sigmoid(1) = 0.731. A probability cannot be outside of 0
to 1, but this sum can.
"""


def net_1_1_1(w1, w2, x):
    return np.multiply(w2, sigmoid(np.multiply(w1, x)))
