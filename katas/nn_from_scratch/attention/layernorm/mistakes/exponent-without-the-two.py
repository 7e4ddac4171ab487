"""The exponent is i / d instead of 2i / d.

i is below d / 2, so the exponent ends near 1/2 and the slowest angle near t / 100. With d =
4, the second pair of position 1 has an angle of 0.1 instead of 0.01.
"""


def sinusoidal_positions(T, d):
    if d % 2:
        raise ValueError("d must be even")
    frequencies = 10000.0 ** (-np.arange(d // 2) / d)
    angles = np.arange(T)[:, np.newaxis] * frequencies
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(T, d)
