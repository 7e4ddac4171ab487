"""The factors are drawn in the first forward pass and kept for all later ones.

The same units are dropped in every step, as if the layer were smaller: with a rate of 0.2, a fifth
of it is never trained. Draw new factors in each call to forward with training=True.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        if self._factors is None or self._factors.shape != values.shape:
            kept = self._rng.random(values.shape) >= self._rate
            self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors
