"""address shifts the weights by content, and interpolates after that.

With g = 0, nothing of them is left, and the weighting could never step from where it was to the next row.
Interpolate first, and shift the result.
"""


def address(M, w_prev, key, beta, g, s, gamma):
    by_content = content_weights(M, key, beta)
    return sharpen(interpolate(shift(by_content, s), w_prev, g), gamma)
