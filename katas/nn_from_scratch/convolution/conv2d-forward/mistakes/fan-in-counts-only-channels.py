"""conv_fans counts channels and filters, and not the pixels of a window.

An output adds up C * kh * kw products. With fan_in = C, He's weights for windows of 3 × 3 are 3 times
too large, and the signal grows 3 times per layer.
"""


def conv_fans(shape):
    count, channels, _, _ = shape
    return channels, count
