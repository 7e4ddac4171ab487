"""The ReLU is always applied, even with relu=False.

The scores of a classifier may be negative. If both scores of a member are set to 0, there is no
gradient to learn from.
"""


class GCNLayer:
    def forward(self, H, A_hat, training=False):
        features, graph = (_floats(H), _floats(A_hat))
        if graph.shape != features.shape[:1] * 2:
            raise ValueError(f"H must be (n, I), A_hat (n, n): {features.shape}, {graph.shape}")
        outputs = self._dense.forward(graph @ features, training)
        active = outputs > 0
        if training:
            self._memory = (graph, active)
        return np.where(active, outputs, 0.0)
