"""The fan_out of conv_fans is the number of filters alone.

One pixel is covered by kh * kw windows, and each of them has an output per filter. So it contributes to
F * kh * kw outputs: 72 for 8 filters of 3 × 3, and not 8.
"""


def conv_fans(shape):
    count, channels, kh, kw = shape
    return channels * kh * kw, count
