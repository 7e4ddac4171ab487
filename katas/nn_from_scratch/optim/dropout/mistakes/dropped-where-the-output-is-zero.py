"""backward treats every output of 0 as an entry that was dropped.

An output is also 0 where x is 0, which is half of the entries after a ReLU. Such an entry was
not dropped, and its gradient is dout / (1 - rate). Store the factors, not the output.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        kept = self._rng.random(values.shape) >= self._rate
        factors = kept / values.dtype.type(1 - self._rate)
        out = values * factors
        self._factors = (out != 0) / values.dtype.type(1 - self._rate)
        return out
