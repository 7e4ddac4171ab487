"""backward does not test the shape of dout.

numpy repeats a single row or column for all others without an error, so a gradient of shape (1, H)
becomes one of (N, H). Compare the shapes, and raise a ValueError.
"""


class Dropout:
    def backward(self, dout):
        if self._factors is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        return _floats(dout) * self._factors
