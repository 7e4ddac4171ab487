"""The corrections divide by 1 - β and not by 1 - β^t.

That is right in the first step only. The correction for v should be 0.001 in the first step and
0.002 in the second, and it approaches 1. Without the power, m stays 10 times too large later, and
the square root of v 31.6 times.
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
        beta1, beta2 = self._betas
        for p, g, m, v in zip(params, grads, self._means, self._squares, strict=True):
            d = g if self._decoupled else g + self._weight_decay * p
            m *= beta1
            m += (1 - beta1) * d
            v *= beta2
            v += (1 - beta2) * d * d
            mean = m / (1 - beta1)
            root = np.sqrt(v / (1 - beta2))
            if self._decoupled:
                p *= 1 - self._lr * self._weight_decay
            p -= self._lr * mean / (root + self._eps)
