"""Right: straightforward, with properties."""

import numpy as np


class Residual:
    def __init__(self, layers, projection=None):
        self.layers = list(layers)
        self.projection = projection
        self._out_shape = None

    def _all(self):
        result = {}
        for i, layer in enumerate(self.layers):
            result[str(i)] = layer
        if self.projection is not None:
            result["projection"] = self.projection
        return result

    @property
    def params(self):
        result = {}
        for prefix, layer in self._all().items():
            for name, value in layer.params.items():
                result[prefix + "." + name] = value
        return result

    @property
    def grads(self):
        result = {}
        for prefix, layer in self._all().items():
            for name, value in layer.grads.items():
                result[prefix + "." + name] = value
        return result

    def forward(self, x, training=False):
        x = np.asarray(x)
        h = x
        for layer in self.layers:
            h = layer.forward(h, training)
        if self.projection is None:
            s = x
        else:
            s = self.projection.forward(x, training)
        if h.shape != s.shape:
            raise ValueError("F(x) and x have different shapes")
        if training:
            self._out_shape = h.shape
        return s + h

    def backward(self, dout):
        if self._out_shape is None:
            raise RuntimeError("call forward with training=True first")
        dout = np.asarray(dout)
        if dout.shape != self._out_shape:
            raise ValueError("dout has the wrong shape")
        d = dout
        for layer in reversed(self.layers):
            d = layer.backward(d)
        if self.projection is None:
            return d + dout
        return d + self.projection.backward(dout)

    def zero_grad(self):
        for layer in self._all().values():
            layer.zero_grad()
