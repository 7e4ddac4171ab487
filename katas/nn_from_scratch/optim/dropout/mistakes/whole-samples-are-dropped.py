"""One number is drawn per sample, and it decides on all entries of its row.

In a batch of 100 with a rate of 0.2, about 20 samples become nothing but zeros, and the others are
complete. Units still rely on each other, because they are always there together. Draw one number
per entry.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        shape = (*values.shape[:1], *[1] * (values.ndim - 1))
        kept = np.broadcast_to(self._rng.random(shape) >= self._rate, values.shape)
        self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors
