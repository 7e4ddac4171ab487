"""Arrays of the same shape share one m and one v.

The second of two layers of the same size is then also updated with the gradients of the first. A
shape does not tell which array it is; the position in the list does.
"""

base = "variants/array-by-array"


class Adam:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._means:
            self._means = {p.shape: np.zeros_like(p) for p in params}
            self._squares = {p.shape: np.zeros_like(p) for p in params}
        self._steps += 1
        beta1, beta2 = self._betas
        for p, g in zip(params, grads, strict=True):
            m, v = self._means[p.shape], self._squares[p.shape]
            d = g if self._decoupled else g + self._weight_decay * p
            m *= beta1
            m += (1 - beta1) * d
            v *= beta2
            v += (1 - beta2) * d * d
            mean = m / (1 - beta1**self._steps)
            root = np.sqrt(v / (1 - beta2**self._steps))
            if self._decoupled:
                p *= 1 - self._lr * self._weight_decay
            p -= self._lr * mean / (root + self._eps)
