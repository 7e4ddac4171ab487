"""The pooling layers do not compare the shape of dout with that of their output.

numpy then repeats a dout of one image, or of one column, for all others, without an error. A gradient that
does not match should raise a ValueError.
"""


class MaxPool2D:
    def backward(self, dout):
        if self._winners is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _floats(dout)
        dx = np.zeros(self._shape, upstream.dtype)
        for number, place in enumerate(_places(self._shape, self._size, self._stride)):
            dx[place] += upstream * (self._winners == number)
        return dx


class AvgPool2D:
    def backward(self, dout):
        if self._shape is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _floats(dout)
        dx = np.zeros(self._shape, upstream.dtype)
        for place in _places(self._shape, self._size, self._stride):
            dx[place] += upstream / self._size**2
        return dx
