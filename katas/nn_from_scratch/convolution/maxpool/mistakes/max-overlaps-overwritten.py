"""In MaxPool2D.backward, the gradient of each window replaces what earlier windows left at its place.

With overlapping windows, one pixel can be the largest of several windows, and its gradient is the
sum. An assignment keeps the last one only, and so does += with index arrays that contain a place
twice. The result is right only for windows that do not overlap.
"""


class MaxPool2D:
    def backward(self, dout):
        if self._winners is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _upstream(dout, self._winners.shape)
        dx = np.zeros(self._shape, upstream.dtype)
        for (n, c, row, column), number in np.ndenumerate(self._winners):
            i, j = divmod(int(number), self._size)
            dx[n, c, row * self._stride + i, column * self._stride + j] = upstream[n, c, row, column]
        return dx
