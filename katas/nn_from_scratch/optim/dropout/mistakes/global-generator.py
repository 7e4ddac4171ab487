"""The random numbers come from numpy's global generator, and not from rng.

The seed of rng has no effect, and any other draw in the program changes the zeros. Call a method of the
generator that was passed.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        kept = np.random.random(values.shape) >= self._rate
        self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors
