"""With training=False, tokens are normalized with averages from the training.

Batch normalization needs such averages, since a batch may be a single sample. Here each token
has its own mean and variance, in training and at inference, so there is nothing to store but
what backward needs.
"""


class LayerNorm:
    def forward(self, x, training=False):
        tokens = np.asarray(x, dtype=np.float64)
        if tokens.shape[-1:] != self.params["gamma"].shape:
            raise ValueError("x must be (..., D)")
        mean, var = tokens.mean(axis=-1, keepdims=True), tokens.var(axis=-1, keepdims=True)
        if not hasattr(self, "running_mean"):
            self.running_mean, self.running_var = 0.0, 1.0
        if training:
            if tokens.size:
                self.running_mean = 0.9 * self.running_mean + 0.1 * mean.mean()
                self.running_var = 0.9 * self.running_var + 0.1 * var.mean()
        else:
            mean, var = self.running_mean, self.running_var
        deviation = np.sqrt(var + self._eps)
        normalized = (tokens - mean) / deviation
        if training:
            self._normalized, self._deviation = normalized, deviation
        return self.params["gamma"] * normalized + self.params["beta"]
