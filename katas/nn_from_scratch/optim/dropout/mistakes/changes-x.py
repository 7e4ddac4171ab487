"""forward sets entries of x itself to 0 and multiplies the others, in place.

x belongs to the caller: the previous layer returned it, and may need it for its own backward pass.
Compute a new array.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        kept = self._rng.random(values.shape) >= self._rate
        self._factors = kept / values.dtype.type(1 - self._rate)
        values *= self._factors
        return values.copy()
