"""With an odd d, the last sine has no cosine.

A sine alone does not determine its angle, and scalar products of two positions depend on more than
their distance. Raise a ValueError.
"""


def sinusoidal_positions(T, d):
    frequencies = 10000.0 ** (-np.arange(0, d, 2) / d)
    angles = np.arange(T)[:, np.newaxis] * frequencies
    pairs = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return pairs.reshape(T, 2 * len(frequencies))[:, :d]
