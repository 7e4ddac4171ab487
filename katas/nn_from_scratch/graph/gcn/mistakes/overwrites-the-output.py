"""backward computes in the array that forward returned as the output.

The caller may still hold this array: after backward, it contains gradients instead of outputs. Compute with
new arrays.
"""


class GCNLayer:
    def forward(self, H, A_hat, training=False):
        features, graph = _floats(H), _floats(A_hat)
        if graph.shape != features.shape[:1] * 2:
            raise ValueError("H must be (n, I) and A_hat (n, n)")
        outputs = self._dense.forward(graph @ features, training)
        active = outputs > 0 if self._relu else np.ones(outputs.shape, dtype=bool)
        outputs = np.where(active, outputs, 0.0)
        if training:
            self._memory = graph, active
            self._outputs = outputs
        return outputs

    def backward(self, dout):
        if self._memory is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        graph, active = self._memory
        upstream = _floats(dout)
        if upstream.shape != active.shape:
            raise ValueError("dout must have the shape of the output")
        d_outputs = np.multiply(upstream, active, out=self._outputs)
        self._dense.backward(d_outputs)
        return graph.T @ d_outputs @ self.params["W"].T
