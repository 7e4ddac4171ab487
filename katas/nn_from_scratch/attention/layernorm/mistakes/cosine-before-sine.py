"""The cosine is in column 2i and the sine in column 2i + 1.

Position 0 is then (1, 0, 1, 0) instead of (0, 1, 0, 1). The formula begins with the sine.
"""


def sinusoidal_positions(T, d):
    if d % 2:
        raise ValueError("d must be even")
    frequencies = 10000.0 ** (-np.arange(0, d, 2) / d)
    angles = np.arange(T)[:, np.newaxis] * frequencies
    return np.stack([np.cos(angles), np.sin(angles)], axis=-1).reshape(T, d)
