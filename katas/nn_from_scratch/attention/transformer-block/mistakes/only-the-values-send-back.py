"""backward passes on only the gradient that comes through the values.

Every token is used three times: as a query, as a key and as a value. All three gradients of x are added.
Without the first two, the layers before this one do not learn what makes tokens find each other.
"""


class MultiHeadAttention:
    def backward(self, dout):
        if self._seen is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        _require_shape(upstream, self._shape)
        batch, time, _ = self._shape
        d_merged = self._maps["output"].backward(_rows(upstream))
        gradients = attention_backward(self._split(d_merged, batch, time), *self._seen)
        for name, gradient in zip(("query", "key", "value"), gradients, strict=True):
            d_rows = self._maps[name].backward(self._merge(gradient))
        return np.asarray(d_rows).reshape(upstream.shape)
