"""The factors are drawn for one sample, and all samples of the batch use them.

Then whole columns become 0: with 5 units and a rate of 0.2, one batch in three loses no unit at
all. Each sample should lose different units. Draw one number per entry of x.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        kept = np.broadcast_to(self._rng.random(values.shape[1:]) >= self._rate, values.shape)
        self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors
