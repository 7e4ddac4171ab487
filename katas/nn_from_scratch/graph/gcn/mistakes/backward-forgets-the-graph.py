"""The gradient of the features does not go back over the edges.

dZ @ W.T is the gradient of A_hat @ H. Each node has given its features to its neighbours too, so its
gradient is a weighted sum over them: multiply by the transpose of A_hat.
"""


class GCNLayer:
    def backward(self, dout):
        if self._memory is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        graph, active = self._memory
        upstream = _floats(dout)
        if upstream.shape != active.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        d_features = self._dense.backward(upstream * active)
        return d_features
