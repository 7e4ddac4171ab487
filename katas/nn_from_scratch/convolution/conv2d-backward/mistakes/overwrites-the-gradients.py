"""backward of the layer replaces the gradients instead of adding to them.

After two batches only the second counts, and a layer that is used twice loses one of its gradients.
zero_grad exists because backward adds: use +=.
"""


class Conv2D:
    def backward(self, dout):
        if self._images is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        dx, dw, db = conv2d_backward(dout, self._images, self.params["w"], self._stride, self._pad)
        self.grads["w"] = dw
        self.grads["b"] = db
        return dx
