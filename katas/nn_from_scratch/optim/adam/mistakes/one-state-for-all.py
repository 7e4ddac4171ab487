"""All arrays share one m and one v.

Each array then also sees the gradients of the arrays before it. With one array the result is
right; with several of equal shapes it is wrong, and with different shapes numpy raises an error
or broadcasts. Keep two arrays for each p.
"""

base = "variants/array-by-array"


class Adam:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._means:
            self._means, self._squares = [0.0], [0.0]
        self._steps += 1
        beta1, beta2 = self._betas
        for p, g in zip(params, grads, strict=True):
            m, v = self._means[0], self._squares[0]
            d = g if self._decoupled else g + self._weight_decay * p
            m = beta1 * m + (1 - beta1) * d
            v = beta2 * v + (1 - beta2) * d * d
            self._means[0], self._squares[0] = m, v
            mean = m / (1 - beta1**self._steps)
            root = np.sqrt(v / (1 - beta2**self._steps))
            if self._decoupled:
                p *= 1 - self._lr * self._weight_decay
            p -= self._lr * mean / (root + self._eps)
