"""w2 is used for the hidden unit, and w1 for the output.

For w1 = 2, w2 = 3 and x = 1 this gives 0.870 and not 0.934. w1 is the weight next to the input.
"""


def net_1_1_1(w1, w2, x):
    return sigmoid(np.multiply(w1, sigmoid(np.multiply(w2, x))))
