"""The hidden unit has no sigmoid.

Then only the product w1 · w2 counts, and the network is one neuron. For w1 = 2, w2 = 3 and x = 1 it gives
sigmoid(6) = 0.998 and not 0.934.
"""


def net_1_1_1(w1, w2, x):
    return sigmoid(np.multiply(w2, np.multiply(w1, x)))
