"""forward treats x as a matrix: it unpacks the shape into N and H.

For one sample of shape (H,), or for images of shape (N, H, W), Python raises a ValueError. A layer
that works entry by entry needs no axes: draw numbers in the shape of x.
"""


class Dropout:
    def forward(self, x, training=False):
        values = _floats(x)
        if not training:
            return values.copy()
        n, h = values.shape
        kept = self._rng.random((n, h)) >= self._rate
        self._factors = kept / values.dtype.type(1 - self._rate)
        return values * self._factors
