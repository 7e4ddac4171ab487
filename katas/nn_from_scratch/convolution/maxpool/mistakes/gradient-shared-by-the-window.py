"""The gradient of a maximum is divided among all pixels of its window.

This is the backward pass of a mean. A small change of a pixel that is not the largest does not change the
maximum, so its gradient is 0. In the example of the lesson, the pixel 4 gets 0.25 instead of 1, and so do its
three neighbours.
"""


class MaxPool2D:
    def backward(self, dout):
        if self._winners is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _upstream(dout, self._winners.shape)
        dx = np.zeros(self._shape, upstream.dtype)
        for place in _places(self._shape, self._size, self._stride):
            dx[place] += upstream / self._size**2
        return dx
