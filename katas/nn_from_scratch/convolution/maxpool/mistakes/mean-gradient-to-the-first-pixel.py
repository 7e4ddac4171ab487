"""In AvgPool2D.backward, the first pixel of each window gets the whole gradient.

The mean depends on all k² pixels alike, so each of them gets 1/k² of its gradient. Only the sum is right here.
"""


class AvgPool2D:
    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        rows, columns = (output_size(n, self._size, self._stride) for n in self._shape[2:])
        upstream = _upstream(dout, (*self._shape[:2], rows, columns))
        dx = np.zeros(self._shape, upstream.dtype)
        place = next(iter(_places(self._shape, self._size, self._stride)))
        dx[place] += upstream
        return dx
