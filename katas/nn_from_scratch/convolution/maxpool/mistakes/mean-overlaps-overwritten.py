"""In AvgPool2D.backward, the part of each window replaces what earlier windows left there.

With overlapping windows, a pixel contributes to several means, and their gradients add up. An
assignment keeps the last one only. The result is right only for windows that do not overlap.
"""


class AvgPool2D:
    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        rows, columns = (output_size(n, self._size, self._stride) for n in self._shape[2:])
        upstream = _upstream(dout, (*self._shape[:2], rows, columns))
        dx = np.zeros(self._shape, upstream.dtype)
        k, s = self._size, self._stride
        for row in range(rows):
            for column in range(columns):
                window = (..., slice(row * s, row * s + k), slice(column * s, column * s + k))
                dx[window] = upstream[:, :, row, column][..., None, None] / k**2
        return dx
