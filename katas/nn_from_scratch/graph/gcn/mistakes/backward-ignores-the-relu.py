"""backward lets the gradient through where the ReLU was 0.

Such an output does not change when its input changes a little, so its gradient is 0. Multiply the upstream
gradient by 1 where the output was positive, and by 0 elsewhere.
"""


class GCNLayer:
    def backward(self, dout):
        if self._memory is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        graph, active = self._memory
        upstream = _floats(dout)
        if upstream.shape != active.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        d_features = graph.T @ self._dense.backward(upstream)
        return d_features
