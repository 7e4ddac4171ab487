"""t is 0 in the first step.

1 - β^0 is 0, and the division gives nan or inf, which then stays in the weights. Increase t
before it is used.
"""

base = "variants/array-by-array"


class Adam:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._means:
            self._means = [np.zeros_like(p) for p in params]
            self._squares = [np.zeros_like(p) for p in params]
        self._steps += 1
        done = self._steps - 1
        beta1, beta2 = self._betas
        for p, g, m, v in zip(params, grads, self._means, self._squares, strict=True):
            d = g if self._decoupled else g + self._weight_decay * p
            m *= beta1
            m += (1 - beta1) * d
            v *= beta2
            v += (1 - beta2) * d * d
            with np.errstate(all="ignore"):
                mean = m / np.float64(1 - beta1**done)
                root = np.sqrt(v / np.float64(1 - beta2**done))
            if self._decoupled:
                p *= 1 - self._lr * self._weight_decay
            with np.errstate(all="ignore"):
                p -= self._lr * mean / (root + self._eps)
