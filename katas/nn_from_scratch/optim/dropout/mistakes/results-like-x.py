"""The result is written into an array with the dtype of x.

For integers, 3 / 0.8 = 3.75 becomes 3. Compute integers in float64.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return np.array(x)
        kept = self._rng.random(values.shape) >= self._rate
        self._factors = kept / values.dtype.type(1 - self._rate)
        return (values * self._factors).astype(np.asarray(x).dtype)
