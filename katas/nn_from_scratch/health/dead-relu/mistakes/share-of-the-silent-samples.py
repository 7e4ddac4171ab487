"""active_share gives the fraction of the samples on which a unit is silent.

A dead unit then gets 1 instead of 0. Count the positive pre-activations.
"""


def active_share(preact):
    return (_batch(preact) <= 0).mean(axis=0)
