"""In training, the entries that are kept are not divided by 1 - rate.

With a rate of 0.2, the mean of the output is 0.8 times the mean of x. At inference nothing is
dropped, so the next layer gets numbers there that it was not trained with. Divide in training, in
both directions.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        kept = self._rng.random(values.shape) >= self._rate
        self._factors = kept.astype(values.dtype)
        return values * self._factors
