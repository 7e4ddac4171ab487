"""Right: float copies, a helper for the names, while loops."""

import numpy as np


def named_arrays(block, attribute):
    out = {}
    k = 0
    while k < len(block.layers):
        for key in getattr(block.layers[k], attribute):
            out[f"{k}.{key}"] = getattr(block.layers[k], attribute)[key]
        k += 1
    if block.projection:
        for key in getattr(block.projection, attribute):
            out[f"projection.{key}"] = getattr(block.projection, attribute)[key]
    return out


class Residual:
    def __init__(self, layers, projection=None):
        self.layers = layers
        self.projection = projection
        self._last = None

    params = property(lambda self: named_arrays(self, "params"))
    grads = property(lambda self: named_arrays(self, "grads"))

    def forward(self, x, training=False):
        start = np.array(x, dtype=float)
        signal = start.copy()
        for layer in self.layers:
            signal = layer.forward(signal, training=training)
        if self.projection:
            start = self.projection.forward(start, training=training)
        if np.shape(start) != np.shape(signal):
            raise ValueError(f"cannot add {np.shape(start)} and {np.shape(signal)}")
        result = np.array(start)
        result += signal
        if training:
            self._last = result.shape
        return result

    def backward(self, dout):
        if self._last is None:
            raise RuntimeError("there is no training forward")
        dout = np.array(dout, dtype=float)
        if dout.shape != self._last:
            raise ValueError("dout does not fit the output")
        d = dout.copy()
        k = len(self.layers) - 1
        while k >= 0:
            d = self.layers[k].backward(d)
            k -= 1
        if self.projection:
            dout = self.projection.backward(dout)
        return np.add(dout, d)

    def zero_grad(self):
        for layer in self.layers:
            layer.zero_grad()
        if self.projection:
            self.projection.zero_grad()
