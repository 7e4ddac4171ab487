"""A temperature below 0 is not refused.

With T = -1 the least likely class becomes the likeliest, and nobody is told; with T = 0 there is
0/0 = nan. Nothing is softer or sharper then: such a temperature is an error of the caller's.
"""


def soften(z, temperature, axis=-1):
    return softmax(np.asarray(z) / temperature, axis)
