"""Flatten moves the channels to the end before it makes rows.

The rows have the right length, but a different order from the one in the lesson: row, column,
channel. Weights that were trained for one order are useless for the other. Leave the axes as
they are.
"""


class Flatten:
    def forward(self, x, training=False):
        samples = np.asarray(x)
        if training:
            self._shape = samples.shape
        if samples.ndim > 2:
            samples = np.moveaxis(samples, 1, -1)
        return samples.reshape(len(samples), math.prod(samples.shape[1:]))
