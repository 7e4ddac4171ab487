"""Flatten lets reshape find the length of the rows, with −1.

For N = 0 there are no entries to divide by 0 rows, and numpy raises an error. Compute the length from the shape
of the samples.
"""


class Flatten:
    def forward(self, x, training=False):
        samples = np.asarray(x)
        if training:
            self._shape = samples.shape
        return samples.reshape(len(samples), -1)
