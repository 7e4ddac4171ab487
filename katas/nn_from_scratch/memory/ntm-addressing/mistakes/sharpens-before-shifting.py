"""address sharpens first and shifts afterwards.

A shift in the shares (0.1, 0.8, 0.1) spreads the weight of one row over three. Sharpening is there to undo
this, so it has to come after the shift. Otherwise the largest weight is never more than 0.8.
"""


def address(M, w_prev, key, beta, g, s, gamma):
    by_content = content_weights(M, key, beta)
    return shift(sharpen(interpolate(by_content, w_prev, g), gamma), s)
