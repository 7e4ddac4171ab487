"""The exponent is j / d for column j, so a sine and its cosine have different angles.

Column 1 belongs to the pair i = 0, and its exponent is 0 as well. With d = 4, the second column of position
1 is cos(0.1) = 0.995 instead of cos(1) = 0.540.
"""


def sinusoidal_positions(T, d):
    if d % 2:
        raise ValueError("d must be even")
    angles = np.arange(T)[:, np.newaxis] * 10000.0 ** (-np.arange(d) / d)
    positions = np.sin(angles)
    positions[:, 1::2] = np.cos(angles[:, 1::2])
    return positions
