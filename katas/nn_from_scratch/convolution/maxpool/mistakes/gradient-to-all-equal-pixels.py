"""Every pixel that is equal to the maximum gets the whole gradient.

In a window of four zeros, four pixels get it, and the gradient of the window has become four times as large.
Blank windows are frequent: after a ReLU, many pixels are 0. The parts have to add up to the gradient.
"""


class MaxPool2D:
    def forward(self, x, training=False):
        images = _floats(x)
        pixels = _pixels_of_windows(images, self._size, self._stride)
        if training:
            self._shape = images.shape
            self._winners = pixels == pixels.max(axis=0)
        return pixels.max(axis=0)

    def backward(self, dout):
        if self._winners is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _upstream(dout, self._winners.shape[1:])
        dx = np.zeros(self._shape, upstream.dtype)
        for number, place in enumerate(_places(self._shape, self._size, self._stride)):
            dx[place] += upstream * self._winners[number]
        return dx
