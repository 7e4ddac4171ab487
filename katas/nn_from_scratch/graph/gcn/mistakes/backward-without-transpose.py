"""backward multiplies by A_hat and not by its transpose.

For a symmetric A_hat there is no difference. But each gradient has to go back over the edge on which the
feature came: if node 0 takes from node 1, then the gradient goes from 0 to 1.
"""


class GCNLayer:
    def backward(self, dout):
        if self._memory is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        graph, active = self._memory
        upstream = _floats(dout)
        if upstream.shape != active.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        d_features = graph @ self._dense.backward(upstream * active)
        return d_features
