"""All sines come first, and all cosines after them.

Many programs do so, and it works as well, but here a sine has its cosine beside it: column 2i and column
2i + 1 belong to the same angle. Position 0 is (0, 1, 0, 1), not (0, 0, 1, 1).
"""


def sinusoidal_positions(T, d):
    if d % 2:
        raise ValueError("d must be even")
    frequencies = 10000.0 ** (-np.arange(0, d, 2) / d)
    angles = np.arange(T)[:, np.newaxis] * frequencies
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)
