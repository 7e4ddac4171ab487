"""In AvgPool2D.backward, each pixel gets the whole gradient of the mean.

If one of k² pixels changes by 1, their mean changes by 1/k². For windows of 2 × 2, the gradient is four times
too large.
"""


class AvgPool2D:
    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        rows, columns = (output_size(n, self._size, self._stride) for n in self._shape[2:])
        upstream = _upstream(dout, (*self._shape[:2], rows, columns))
        dx = np.zeros(self._shape, upstream.dtype)
        for place in _places(self._shape, self._size, self._stride):
            dx[place] += upstream
        return dx
