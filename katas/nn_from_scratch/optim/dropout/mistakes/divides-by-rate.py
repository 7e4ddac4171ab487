"""The entries that are kept are divided by rate, the probability of the others.

With a rate of 0.2, a kept 1 becomes 5, and the mean of the output is 4 times the mean of x. The
mean stays the same if they are divided by the probability of being kept.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        kept = self._rng.random(values.shape) >= self._rate
        self._factors = kept / values.dtype.type(self._rate or 1)
        return values * self._factors
