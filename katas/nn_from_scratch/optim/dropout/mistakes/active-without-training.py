"""Entries are dropped with training=False too.

The same sample then gets a different output at each call, and a fifth of what the network computes
is missing at inference. With training=False, return the numbers of x.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        kept = self._rng.random(values.shape) >= self._rate
        factors = kept / values.dtype.type(1 - self._rate)
        if training:
            self._factors = factors
        return values * factors
