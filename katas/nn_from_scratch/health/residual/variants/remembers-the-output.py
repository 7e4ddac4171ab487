"""The output of the last call to forward with training=True is kept, and recursion walks through
the layers."""

import numpy as np


class Residual:
    def __init__(self, layers, projection=None):
        self.layers = list(layers)
        self.projection = projection
        self._y = None

    @property
    def params(self):
        pairs = self._pairs(lambda layer: layer.params)
        return dict(pairs)

    @property
    def grads(self):
        pairs = self._pairs(lambda layer: layer.grads)
        return dict(pairs)

    def _pairs(self, get):
        names = [f"{i}" for i, _ in enumerate(self.layers)] + ["projection"]
        layers = [*self.layers, self.projection]
        return [
            (f"{name}.{key}", value)
            for name, layer in zip(names, layers, strict=True)
            if layer
            for key, value in get(layer).items()
        ]

    def _ahead(self, h, i, training):
        if i == len(self.layers):
            return h
        return self._ahead(self.layers[i].forward(h, training=training), i + 1, training)

    def forward(self, x, training=False):
        x = np.asarray(x)
        f = self._ahead(x, 0, training)
        skip = self.projection.forward(x, training=training) if self.projection else x
        if f.shape != skip.shape:
            raise ValueError("shapes differ")
        y = f + skip
        if training:
            self._y = y.copy()
        return y

    def backward(self, dout):
        if self._y is None:
            raise RuntimeError("no forward with training=True")
        dout = np.asarray(dout)
        if dout.shape != self._y.shape:
            raise ValueError("dout and output differ in shape")
        result = np.array(self.projection.backward(dout) if self.projection else dout)
        d = dout
        for i in range(len(self.layers) - 1, -1, -1):
            d = self.layers[i].backward(d)
        result += d
        return result

    def zero_grad(self):
        list(map(lambda layer: layer.zero_grad(), self.layers))  # noqa: C417
        if self.projection:
            self.projection.zero_grad()
