"""Results are float64 even where x is float32.

The factors are float64, and a product with them is float64 too. A network that computes in float32 then
needs twice the memory from this layer on. Give the factors the dtype of x.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        kept = self._rng.random(values.shape) >= self._rate
        self._factors = kept / np.float64(1 - self._rate)
        return values * self._factors
