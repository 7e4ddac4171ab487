"""forward and backward compute with each node alone, and A_hat is only tested.

That is an ordinary dense layer. On the karate club it guesses: half of the members are right, instead of
96 %. Multiply H by A_hat first.
"""


class GCNLayer:
    def forward(self, H, A_hat, training=False):
        features, graph = (_floats(H), _floats(A_hat))
        if graph.shape != features.shape[:1] * 2:
            raise ValueError(f"H must be (n, I), A_hat (n, n): {features.shape}, {graph.shape}")
        outputs = self._dense.forward(features, training)
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
        d_features = self._dense.backward(upstream * active)
        return d_features
