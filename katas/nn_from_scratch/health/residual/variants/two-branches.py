"""Two chains of layers, of which one is empty or contains the projection; copies go into both."""

import numpy as np


class Residual:
    def __init__(self, layers, projection=None):
        self.layers, self.projection = [*layers], projection
        self.branches = ([] if projection is None else [projection], self.layers)
        self.ready = None

    def named(self):
        yield from zip(map(str, range(len(self.layers))), self.layers, strict=True)
        if self.projection is not None:
            yield "projection", self.projection

    def __getattr__(self, name):
        if name not in ("params", "grads"):
            raise AttributeError(name)
        result = {}
        for prefix, layer in self.named():
            result.update({f"{prefix}.{key}": a for key, a in getattr(layer, name).items()})
        return result

    def forward(self, x, training=False):
        ends = []
        for branch in self.branches:
            signal = np.copy(x)
            for layer in branch:
                signal = layer.forward(signal, training=training)
            ends.append(np.asarray(signal))
        if ends[0].shape != ends[1].shape:
            raise ValueError("the branches end in different shapes")
        if training:
            self.ready = ends[0].shape
        return ends[1] + ends[0]

    def backward(self, dout):
        if self.ready is None:
            raise RuntimeError("nothing to go back through")
        if np.shape(dout) != self.ready:
            raise ValueError("dout does not have the shape of the output")
        total = 0
        for branch in self.branches:
            signal = np.copy(dout)
            for layer in branch[::-1]:
                signal = layer.backward(signal)
            total = total + signal
        return total

    def zero_grad(self):
        for _, layer in self.named():
            layer.zero_grad()
