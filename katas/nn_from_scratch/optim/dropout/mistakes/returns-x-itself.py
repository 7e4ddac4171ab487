"""With training=False, forward returns x itself and not a new array.

Code that changes the output in place then changes x too. Return a copy.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values
        kept = self._rng.random(values.shape) >= self._rate
        self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors
