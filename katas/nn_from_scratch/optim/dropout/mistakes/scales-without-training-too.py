"""Training divides by 1 - rate, and forward with training=False multiplies by it once more.

One of the two is enough. With a rate of 0.2, what the next layer gets at inference is 0.8 times
what it was trained with. Inverted dropout corrects the size in training, and does nothing
afterwards.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values * values.dtype.type(1 - self._rate)
        kept = self._rng.random(values.shape) >= self._rate
        self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors
