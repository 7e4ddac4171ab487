"""A dense layer whose gradients add up."""

import numpy as np

from ..init import schemes


class Dense:
    def __init__(self, units_in, units_out, rng, init="he"):
        if init not in ("he", "xavier", "lecun"):
            raise ValueError(f"there is no initialization {init!r}")
        draw = getattr(schemes, f"{init}_normal")
        self.params = dict(W=draw(units_in, units_out, rng), b=np.zeros(units_out))
        self.zero_grad()
        self._batch = None

    def zero_grad(self):
        if not hasattr(self, "grads"):
            self.grads = {key: np.empty(p.shape) for key, p in self.params.items()}
        for g in self.grads.values():
            g.fill(0.0)

    def forward(self, x, training=False):
        W, b = self.params["W"], self.params["b"]
        batch = np.array(x, dtype=float)
        if batch.shape != (len(batch) if batch.ndim else 0, W.shape[0]):
            raise ValueError(f"expected (N, {W.shape[0]}), got {batch.shape}")
        if training:
            self._batch = batch
        return np.einsum("ni,io->no", batch, W) + b

    def backward(self, dout):
        if self._batch is None:
            raise RuntimeError("backward needs a forward pass with training=True")
        W = self.params["W"]
        up = np.asarray(dout, dtype=float)
        if up.shape != (self._batch.shape[0], W.shape[1]):
            raise ValueError(f"the upstream gradient has the shape {up.shape}")
        self.grads["W"] += np.einsum("ni,no->io", self._batch, up)
        self.grads["b"] += np.einsum("no->o", up)
        return np.einsum("no,io->ni", up, W)
