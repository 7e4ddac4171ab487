"""A unit counts as dead as soon as it is silent on one sample.

Nearly every ReLU unit is silent on some samples, and this is what makes it useful. Of units whose z is
symmetric around 0, half of the samples are silent, so on 10 samples 999 of 1000 healthy units would be
called dead. Dead means silent on every sample.
"""


def dead_units(preact):
    return np.any(_batch(preact) <= 0, axis=0)
