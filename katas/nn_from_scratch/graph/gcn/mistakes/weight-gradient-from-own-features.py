"""The gradient of W is computed from H instead of A_hat @ H.

W was multiplied by the sums over the neighbours, so its gradient contains these sums: (A_hat @ H).T @ dZ.
"""


class GCNLayer:
    def backward(self, dout):
        if self._memory is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        graph, active = self._memory
        upstream = _floats(dout)
        if upstream.shape != active.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        weights = self.grads["W"].copy()
        d_features = graph.T @ self._dense.backward(upstream * active)
        self.grads["W"][...] = weights + self._features.T @ (upstream * active)
        return d_features

    def forward(self, H, A_hat, training=False):
        features, graph = (_floats(H), _floats(A_hat))
        if graph.shape != features.shape[:1] * 2:
            raise ValueError(f"H must be (n, I), A_hat (n, n): {features.shape}, {graph.shape}")
        outputs = self._dense.forward(graph @ features, training)
        active = outputs > 0 if self._relu else np.ones(outputs.shape, dtype=bool)
        if training:
            self._memory = (graph, active)
            self._features = features
        return np.where(active, outputs, 0.0)
