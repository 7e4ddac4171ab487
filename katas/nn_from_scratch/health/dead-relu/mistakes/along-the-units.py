"""The reduction runs along axis 1, which contains the units, not the samples.

The result then has one entry per sample and says on which samples all units are silent. Rows are samples,
so the reduction runs along axis 0.
"""


def active_share(preact):
    return (_batch(preact) > 0).mean(axis=1)


def dead_units(preact):
    return np.all(_batch(preact) <= 0, axis=1)
