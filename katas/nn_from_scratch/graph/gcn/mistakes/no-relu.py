"""The ReLU is left out, whatever relu is.

Two layers without anything between them are a single one: A_hat @ A_hat @ H @ W1 @ W2. Set negative outputs
to 0, and their gradients too, unless relu is False.
"""


class GCNLayer:
    def forward(self, H, A_hat, training=False):
        features, graph = (_floats(H), _floats(A_hat))
        if graph.shape != features.shape[:1] * 2:
            raise ValueError(f"H must be (n, I), A_hat (n, n): {features.shape}, {graph.shape}")
        outputs = self._dense.forward(graph @ features, training)
        active = np.ones(outputs.shape, dtype=bool)
        if training:
            self._memory = (graph, active)
        return np.where(active, outputs, 0.0)
