"""The bias is added before the sum over the neighbours: A_hat @ (H @ W + b).

The rows of A_hat do not add up to 1, so each node gets a different multiple of b. In the example of
the lesson, the middle node gets 1.15 b. Add b after the product with A_hat.
"""


class GCNLayer:
    def forward(self, H, A_hat, training=False):
        features, graph = (_floats(H), _floats(A_hat))
        if graph.shape != features.shape[:1] * 2:
            raise ValueError(f"H must be (n, I), A_hat (n, n): {features.shape}, {graph.shape}")
        outputs = (
            self._dense.forward(graph @ features, training)
            + (graph.sum(axis=1, keepdims=True) - 1.0) * self.params["b"]
        )
        active = outputs > 0 if self._relu else np.ones(outputs.shape, dtype=bool)
        if training:
            self._memory = (graph, active)
        return np.where(active, outputs, 0.0)

    def backward(self, dout):
        if self._memory is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        graph, active = self._memory
        upstream = _floats(dout)
        if upstream.shape != active.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        bias = self.grads["b"].copy()
        d_features = graph.T @ self._dense.backward(upstream * active)
        self.grads["b"][...] = bias + (graph @ np.ones(len(graph))) @ (upstream * active)
        return d_features
