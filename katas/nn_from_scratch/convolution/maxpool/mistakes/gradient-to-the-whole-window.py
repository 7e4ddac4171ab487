"""Every pixel of a window gets the whole gradient of its maximum.

Only the largest pixel can change the maximum. In the example of the lesson all four pixels at the top left get
1, and only the 4 should.
"""


class MaxPool2D:
    def backward(self, dout):
        if self._winners is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _upstream(dout, self._winners.shape)
        dx = np.zeros(self._shape, upstream.dtype)
        for place in _places(self._shape, self._size, self._stride):
            dx[place] += upstream
        return dx
