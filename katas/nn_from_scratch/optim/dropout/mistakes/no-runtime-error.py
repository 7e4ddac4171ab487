"""backward does not test whether forward was called with training=True.

Python then fails on None with a message that says nothing about the order of the calls. Raise a
RuntimeError that names what is missing.
"""


class Dropout:
    def backward(self, dout):
        upstream = _floats(dout)
        if upstream.shape != self._factors.shape:
            raise ValueError("dout must have the shape of the output")
        return upstream * self._factors
