"""A call to forward with training=False draws random numbers, although it does not use them.

The zeros of the next training step then depend on how often the network was evaluated, and two runs
with one seed differ. Test training first, and draw afterwards.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        kept = self._rng.random(values.shape) >= self._rate
        if not training:
            return values.copy()
        self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors
