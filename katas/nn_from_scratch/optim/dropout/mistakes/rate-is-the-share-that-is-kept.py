"""rate is used as the probability of being kept, and the numbers are divided by rate.

The mean of the output is right, but with a rate of 0.2 four of five entries become 0, and the
others are multiplied by 5 instead of 1.25. Some libraries use this convention; here rate is the
fraction that is dropped.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        if self._rate == 0:
            self._factors = np.ones_like(values)
            return values.copy()
        kept = self._rng.random(values.shape) < self._rate
        self._factors = kept / values.dtype.type(self._rate)
        return values * self._factors
