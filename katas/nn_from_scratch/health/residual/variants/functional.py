"""reduce folds the layers, and the skip is a function."""

from functools import reduce

import numpy as np


def _add(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError(f"{np.shape(a)} + {np.shape(b)}")
    return np.add(a, b)


class Residual:
    def __init__(self, layers, projection=None):
        self.layers = layers
        self.projection = projection

    @property
    def params(self):
        return self._collect("params")

    @property
    def grads(self):
        return self._collect("grads")

    def _collect(self, kind):
        found = {}
        for i in range(len(self.layers)):
            for name in getattr(self.layers[i], kind):
                found[str(i) + "." + name] = getattr(self.layers[i], kind)[name]
        if self.projection is not None:
            for name in getattr(self.projection, kind):
                found["projection." + name] = getattr(self.projection, kind)[name]
        return found

    def forward(self, x, training=False):
        x = np.array(x)
        f = reduce(lambda h, layer: layer.forward(h, training=training), self.layers, x)
        skip = x if self.projection is None else self.projection.forward(x, training=training)
        y = _add(skip, f)
        if training:
            self.output_shape = y.shape
        return y

    def backward(self, dout):
        if not hasattr(self, "output_shape"):
            raise RuntimeError("forward for training first")
        dout = np.array(dout)
        if dout.shape != self.output_shape:
            raise ValueError(f"{dout.shape} is not {self.output_shape}")
        back = reduce(lambda d, layer: layer.backward(d), self.layers[::-1], dout)
        return _add(dout if self.projection is None else self.projection.backward(dout), back)

    def zero_grad(self):
        for layer in [*self.layers, self.projection]:
            if layer is not None:
                layer.zero_grad()
