"""ToImages puts the channel axis at the end: (N, rows, columns, 1).

Conv2D takes the axis after N as the channels, and sees images with eight channels of 8 × 1 pixels. Other
libraries use this order; here it is (N, 1, rows, columns).
"""


class ToImages:
    def forward(self, x, training=False):
        samples = np.asarray(x)
        rows, columns = self._sides
        if samples.shape[1:] != (rows * columns,):
            raise ValueError("x does not match")
        if training:
            self._count = len(samples)
        return samples.reshape(len(samples), rows, columns, 1)
