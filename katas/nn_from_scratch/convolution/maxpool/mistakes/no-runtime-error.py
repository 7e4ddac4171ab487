"""backward does not test whether forward was called with training=True.

Python then fails on None with a message that says nothing about the order of the calls. Raise a RuntimeError
that names what is missing.
"""


class MaxPool2D:
    def backward(self, dout):
        upstream = _upstream(dout, self._winners.shape)
        dx = np.zeros(self._shape, upstream.dtype)
        for number, place in enumerate(_places(self._shape, self._size, self._stride)):
            dx[place] += upstream * (self._winners == number)
        return dx


class AvgPool2D:
    def backward(self, dout):
        rows, columns = (output_size(n, self._size, self._stride) for n in self._shape[2:])
        upstream = _upstream(dout, (*self._shape[:2], rows, columns))
        dx = np.zeros(self._shape, upstream.dtype)
        for place in _places(self._shape, self._size, self._stride):
            dx[place] += upstream / self._size**2
        return dx


class Flatten:
    def backward(self, dout):
        return _upstream(dout, (self._shape[0], math.prod(self._shape[1:]))).reshape(self._shape)
