"""The entries that should become 0 are kept, and the others become 0.

At a rate of 0.5 nobody notices. With a rate of 0.2, four of five entries become 0, and the mean of
the output is 0.25 times the mean of x. rate is the probability of becoming 0.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        kept = self._rng.random(values.shape) < self._rate
        self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors
