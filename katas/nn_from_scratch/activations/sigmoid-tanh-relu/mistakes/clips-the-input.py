"""The input of sigmoid is clipped to a range such as -500 to 500.

Then nothing overflows, but every x below -500 gets the same result: sigmoid(-600) is 7.1e-218
instead of 2.65e-261. The limits are also too wide for float32, where exp overflows above 88.7. No
clipping is needed when the exponent is never positive.
"""


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-np.clip(_floats(x), -500, 500)))
