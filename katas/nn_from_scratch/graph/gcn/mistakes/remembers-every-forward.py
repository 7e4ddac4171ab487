"""forward remembers its arguments even without training=True.

An evaluation between forward and backward then replaces what backward needs, and the gradients are
those of other features. Store something only for training.
"""


class GCNLayer:
    def forward(self, H, A_hat, training=False):
        features, graph = (_floats(H), _floats(A_hat))
        if graph.shape != features.shape[:1] * 2:
            raise ValueError(f"H must be (n, I), A_hat (n, n): {features.shape}, {graph.shape}")
        outputs = self._dense.forward(graph @ features, True)
        active = outputs > 0 if self._relu else np.ones(outputs.shape, dtype=bool)
        if True:
            self._memory = (graph, active)
        return np.where(active, outputs, 0.0)
