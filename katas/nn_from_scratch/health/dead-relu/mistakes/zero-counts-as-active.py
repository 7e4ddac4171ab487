"""A unit whose z is exactly 0 counts as active.

ReLU of 0 is 0, and its slope counts as 0 there, so no gradient passes. A unit with zero weights and
zero bias has z = 0 on all samples: its active share is 0, and it is dead.
"""


def active_share(preact):
    return (_batch(preact) >= 0).mean(axis=0)


def dead_units(preact):
    return np.all(_batch(preact) < 0, axis=0)
