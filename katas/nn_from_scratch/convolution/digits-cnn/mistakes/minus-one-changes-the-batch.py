"""ToImages lets reshape find the number of images, with −1.

A row of 128 pixels becomes two images of 8 × 8 without an error, and the predictions no longer
belong to their labels. Keep N, and reject rows of a different length.
"""


class ToImages:
    def forward(self, x, training=False):
        rows, columns = self._sides
        images = np.asarray(x).reshape(-1, 1, rows, columns)
        if training:
            self._count = len(images)
        return images
