"""backward computes in the array that forward returned as the output.

The caller may still hold this array: after backward, it contains gradients instead of outputs. Compute with
new arrays.
"""


class MaxPool2D:
    def forward(self, x, training=False):
        images = _floats(x)
        pixels = _pixels_of_windows(images, self._size, self._stride)
        out = pixels.max(axis=0)
        if training:
            self._shape = images.shape
            self._winners = pixels.argmax(axis=0)
            self._out = out
        return out

    def backward(self, dout):
        if self._winners is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _upstream(dout, self._winners.shape)
        dx = np.zeros(self._shape, upstream.dtype)
        self._out[...] = upstream
        for number, place in enumerate(_places(self._shape, self._size, self._stride)):
            dx[place] += upstream * (self._winners == number)
        return dx
