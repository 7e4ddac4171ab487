"""The number of the winner in its window is used as its number in the whole image.

argmax counts from the first pixel of the window: 0 to 3 for 2 × 2. As a place in the image, these
numbers are all in the first row, so the gradients of all windows are added there. Add the position
at which the window begins.
"""


class MaxPool2D:
    def backward(self, dout):
        if self._winners is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = _upstream(dout, self._winners.shape)
        dx = np.zeros(self._shape, upstream.dtype)
        flat = dx.reshape(*dx.shape[:2], dx.shape[2] * dx.shape[3])
        for (n, c, row, column), number in np.ndenumerate(self._winners):
            flat[n, c, number] += upstream[n, c, row, column]
        return dx
