"""forward of ToImages remembers the number of images even without training=True.

An evaluation between forward and backward then replaces it, and backward rejects the gradient.
Remember only for training.
"""


class ToImages:
    def forward(self, x, training=False):
        samples = np.asarray(x)
        rows, columns = self._sides
        if samples.shape[1:] != (rows * columns,):
            raise ValueError("x does not match")
        self._count = len(samples)
        return samples.reshape(len(samples), 1, rows, columns)
