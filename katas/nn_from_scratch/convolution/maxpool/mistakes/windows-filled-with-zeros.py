"""Windows at the end that are not full are filled with zeros, so there are too many outputs.

Of five pixels, windows of two give three outputs instead of two. In a window of negative pixels, a
zero would even be the maximum. The lesson leaves such pixels out: H' = ⌊(H − k)/s⌋ + 1.
"""


class MaxPool2D:
    def forward(self, x, training=False):
        images = _floats(x)
        if images.ndim != 4 or min(images.shape[2:]) < self._size:
            raise ValueError("the images do not match")
        more = [-(n - self._size) % self._stride for n in images.shape[2:]]
        images = np.pad(images, ((0, 0), (0, 0), (0, more[0]), (0, more[1])))
        pixels = _pixels_of_windows(images, self._size, self._stride)
        if training:
            self._shape = images.shape
            self._winners = pixels.argmax(axis=0)
        return pixels.max(axis=0)
