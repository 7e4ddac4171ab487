"""backward replaces the gradients instead of adding to them.

After two calls only the second counts. zero_grad exists because backward adds.
"""


class GCNLayer:
    def backward(self, dout):
        if self._memory is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        graph, active = self._memory
        upstream = _floats(dout)
        if upstream.shape != active.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        self._dense.zero_grad()
        d_features = graph.T @ self._dense.backward(upstream * active)
        return d_features
