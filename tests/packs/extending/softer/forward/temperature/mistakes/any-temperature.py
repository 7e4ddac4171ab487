"""A temperature below 0 is not refused.

With T = -1 the least likely class becomes the likeliest, and nobody is told; with T = 0 there is
0/0 = nan. Nothing is softer or sharper then: such a temperature is a mistake by the caller.
"""


def soften(z, temperature, axis=-1):
    return softmax(np.asarray(z) / temperature, axis)
