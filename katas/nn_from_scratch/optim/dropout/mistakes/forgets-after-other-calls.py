"""A call to forward with training=False replaces the factors that backward needs with ones.

If the network is evaluated between forward and backward, the gradients of dropped entries come
back. Leave the factors as they are unless training is true.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            if self._factors is not None:
                self._factors = np.ones_like(self._factors)
            return values.copy()
        kept = self._rng.random(values.shape) >= self._rate
        self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors
