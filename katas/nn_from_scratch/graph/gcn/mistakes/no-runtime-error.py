"""backward does not test whether forward was called with training=True.

Python then fails on None with a message that says nothing about the order of the calls. Raise a
RuntimeError that names what is missing.
"""


class GCNLayer:
    def backward(self, dout):
        graph, active = self._memory
        upstream = _floats(dout)
        if upstream.shape != active.shape:
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        d_features = graph.T @ self._dense.backward(upstream * active)
        return d_features
