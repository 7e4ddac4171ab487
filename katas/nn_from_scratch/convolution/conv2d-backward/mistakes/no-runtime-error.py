"""backward does not test whether forward was called with training=True.

Python then fails on None with a message that says nothing about the order of the calls. Raise a
RuntimeError that names what is missing.
"""


class Conv2D:
    def backward(self, dout):
        dx, dw, db = conv2d_backward(dout, self._images, self.params["w"], self._stride, self._pad)
        self.grads["w"] += dw
        self.grads["b"] += db
        return dx
